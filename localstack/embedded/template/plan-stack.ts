// Checks a whole template and brings its resources into the order of their creation, before anything is created.
import type { ResourceDeclaration, Template } from './cloud-assembly.ts';
import { IntrinsicResolver } from './intrinsics.ts';
import { findResourceType } from './resource-types/registry.ts';
import type { ResourceType } from './resource-types/resource-type.ts';
import { TemplateError, UnsupportedTemplateError } from './template-error.ts';
import type { UnsupportedPart } from './template-error.ts';

export interface PlannedResource {
  logicalId: string;
  typeName: string;
  type: ResourceType;
  /** As in the template, with intrinsic functions. */
  properties: unknown;
  /** Where they stand in the template. */
  path: string;
}

interface Dependencies {
  resource: PlannedResource;
  dependsOn: ReadonlySet<string>;
}

/**
 * The resources whose conditions hold, each after those that it refers to or depends on.
 *
 * @throws {UnsupportedTemplateError} that lists all that is not emulated
 * @throws {TemplateError} on intrinsic functions that cannot be resolved and on circular dependencies
 */
export function planStack(
  stackName: string,
  template: Template,
  pseudoParameters: Readonly<Record<string, string>>,
): PlannedResource[] {
  if (template.Transform !== undefined) {
    throw new TemplateError('Transform', 'transforms and macros are not emulated; use plain resources');
  }
  const unsupported: UnsupportedPart[] = [];
  const dependencies = new Map<string, Dependencies>();
  for (const [logicalId, declaration] of Object.entries(template.Resources)) {
    const references = new Set<string>();
    const resolver = new IntrinsicResolver({
      template,
      pseudoParameters,
      references: recordReferences(template, references),
    });
    const path = `Resources.${logicalId}`;
    const { Condition: condition, Type: typeName } = declaration;
    if (condition !== undefined && !resolver.isConditionTrue(condition, `${path}.Condition`)) continue;
    const type = findResourceType(typeName);
    if (type === undefined) {
      unsupported.push({ logicalId, type: typeName, property: '', reason: 'this resource type is not emulated' });
      continue;
    }
    const properties = declaration.Properties ?? {};
    const problems = type.findProblems(resolver.resolve(properties, `${path}.Properties`));
    unsupported.push(...problems.map((problem) => ({ logicalId, type: typeName, ...problem })));
    const resource = { logicalId, typeName, type, properties, path: `${path}.Properties` };
    dependencies.set(logicalId, { resource, dependsOn: new Set([...listDependsOn(declaration), ...references]) });
  }
  if (unsupported.length > 0) throw new UnsupportedTemplateError(stackName, unsupported);
  return orderByDependency(dependencies);
}

/** Notes what is referred to, and stands in for it with a text such as `<Queue.Arn>`. */
function recordReferences({ Resources }: Template, references: Set<string>) {
  const record = (logicalId: string, placeholder: string): string | undefined => {
    if (!Object.hasOwn(Resources, logicalId)) return undefined;
    references.add(logicalId);
    return placeholder;
  };
  return {
    findRef: (logicalId: string) => record(logicalId, `<${logicalId}>`),
    findAttribute: (logicalId: string, attribute: string) => record(logicalId, `<${logicalId}.${attribute}>`),
  };
}

function listDependsOn({ DependsOn = [] }: ResourceDeclaration): string[] {
  return typeof DependsOn === 'string' ? [DependsOn] : DependsOn;
}

function orderByDependency(all: ReadonlyMap<string, Dependencies>): PlannedResource[] {
  const ordered = new Set<PlannedResource>();
  const visit = (logicalId: string, above: string[]): void => {
    const found = all.get(logicalId);
    if (found === undefined || ordered.has(found.resource)) return;
    if (above.includes(logicalId)) {
      const circle = [...above.slice(above.indexOf(logicalId)), logicalId].join(' -> ');
      throw new TemplateError('Resources', `the dependencies are circular: ${circle}`);
    }
    for (const dependency of found.dependsOn) visit(dependency, [...above, logicalId]);
    ordered.add(found.resource);
  };
  for (const logicalId of all.keys()) visit(logicalId, []);
  return [...ordered];
}
