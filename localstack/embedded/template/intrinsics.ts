// Resolves CloudFormation's intrinsic functions (User Guide, "Intrinsic function reference").
import type { Template } from './cloud-assembly.ts';
import { TemplateError } from './template-error.ts';

/** What references to resources resolve to. */
export interface ReferenceLookup {
  /** The value of `Ref` of a resource, undefined if the template has no such resource. */
  findRef(logicalId: string): string | undefined;
  /** The value of an attribute of a resource, undefined if there is no such resource or attribute. */
  findAttribute(logicalId: string, attribute: string): string | undefined;
}

export interface ResolverOptions {
  template: Template;
  /** Values of the pseudo parameters but AWS::NoValue, such as `AWS::Region`. */
  pseudoParameters: Readonly<Record<string, string>>;
  references: ReferenceLookup;
}

/** What `{ Ref: AWS::NoValue }` resolves to: the property or list element that holds it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

type Values = Record<string, unknown>;

/** Resolves the values of one template. All methods throw a {@link TemplateError} with the path of what is wrong. */
export class IntrinsicResolver {
  readonly #template: Template;
  readonly #pseudoParameters: Readonly<Record<string, string>>;
  readonly #references: ReferenceLookup;
  readonly #conditions = new Map<string, boolean | 'evaluating'>();

  constructor({ template, pseudoParameters, references }: ResolverOptions) {
    this.#template = template;
    this.#pseudoParameters = pseudoParameters;
    this.#references = references;
  }

  /** A copy of a value with all intrinsic functions resolved; undefined for `AWS::NoValue`. */
  resolve(value: unknown, path: string): unknown {
    const resolved = this.#resolve(value, path);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** Whether a condition of the template holds. */
  isConditionTrue(name: string, path: string): boolean {
    const known = this.#conditions.get(name);
    if (known === 'evaluating') throw new TemplateError(`Conditions.${name}`, 'the condition depends on itself');
    if (known !== undefined) return known;
    const condition = this.#template.Conditions?.[name];
    if (condition === undefined) throw new TemplateError(path, `there is no condition ${name}`);
    this.#conditions.set(name, 'evaluating');
    const result = this.#evaluate(condition, `Conditions.${name}`);
    this.#conditions.set(name, result);
    return result;
  }

  #resolve(value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) => this.#resolve(item, `${path}[${index}]`)).filter((item) => item !== NO_VALUE);
    }
    if (!isValues(value)) return value;
    const intrinsic = readIntrinsic(value, path);
    if (intrinsic !== undefined) return this.#call(intrinsic, value[intrinsic], `${path}.${intrinsic}`);
    const entries = Object.entries(value).map(([key, item]) => [key, this.#resolve(item, `${path}.${key}`)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
  }

  #call(intrinsic: string, argument: unknown, path: string): unknown {
    switch (intrinsic) {
      case 'Ref':
        return this.#ref(toText(argument, path), path);
      case 'Fn::GetAtt':
        return this.#getAttribute(argument, path);
      case 'Fn::Sub':
        return this.#substitute(argument, path);
      case 'Fn::Join': {
        const [delimiter, list] = toList(argument, path, 2);
        const items = toList(this.#resolve(list, path), path).map((item) => toText(item, path));
        return items.join(toText(delimiter, path));
      }
      case 'Fn::Split': {
        const [delimiter, text] = toList(argument, path, 2);
        return this.#resolveText(text, path).split(toText(delimiter, path));
      }
      case 'Fn::Select': {
        const [index, list] = toList(argument, path, 2);
        const item = toList(this.#resolve(list, path), path)[Number(this.#resolveText(index, path))];
        if (item === undefined) throw new TemplateError(path, 'there is no list element of that index');
        return item;
      }
      case 'Fn::If': {
        const [name, then, otherwise] = toList(argument, path, 3);
        const holds = this.isConditionTrue(toText(name, path), path);
        return this.#resolve(holds ? then : otherwise, `${path}[${holds ? 1 : 2}]`);
      }
      case 'Fn::FindInMap':
        return this.#findInMap(argument, path);
      case 'Fn::Base64':
        return Buffer.from(this.#resolveText(argument, path)).toString('base64');
      default:
        throw new TemplateError(path, `the local engine does not know the intrinsic function ${intrinsic}`);
    }
  }

  #ref(name: string, path: string): unknown {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const parameter = this.#template.Parameters?.[name];
    if (parameter !== undefined) return readParameter(parameter, `Parameters.${name}`);
    const value = this.#pseudoParameters[name] ?? this.#references.findRef(name);
    if (value === undefined) throw new TemplateError(path, `there is no resource or parameter ${name}`);
    return value;
  }

  #getAttribute(argument: unknown, path: string): string {
    const [logicalId = '', ...attribute] =
      typeof argument === 'string' ? argument.split('.') : toList(argument, path).map((part) => toText(part, path));
    const value = this.#references.findAttribute(logicalId, attribute.join('.'));
    if (value !== undefined) return value;
    throw new TemplateError(path, `there is no attribute ${attribute.join('.')} of a resource ${logicalId}`);
  }

  #substitute(argument: unknown, path: string): string {
    const [text, variables = {}] = typeof argument === 'string' ? [argument] : toList(argument, path, 2);
    if (!isValues(variables)) throw new TemplateError(path, 'the second element must be a map of variables');
    return toText(text, path).replaceAll(/\$\{(!?)([^}]*)\}/g, (_match, literal: string, expression: string) => {
      if (literal === '!') return `\${${expression}}`;
      const name = expression.trim();
      if (Object.hasOwn(variables, name)) return this.#resolveText(variables[name], `${path}.${name}`);
      return name.includes('.') ? this.#getAttribute(name, path) : toText(this.#ref(name, path), path);
    });
  }

  #findInMap(argument: unknown, path: string): unknown {
    const [map, first, second] = toList(argument, path, 3).map((key) => this.#resolveText(key, path));
    const value = this.#template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
    if (value === undefined) throw new TemplateError(path, `there is no mapping ${map}.${first}.${second}`);
    return value;
  }

  #evaluate(condition: unknown, path: string): boolean {
    if (!isValues(condition)) throw new TemplateError(path, 'a condition must be an intrinsic function');
    const [[name, argument] = ['', undefined], ...others] = Object.entries(condition);
    if (others.length > 0) throw new TemplateError(path, 'a condition must be one intrinsic function');
    const at = `${path}.${name}`;
    switch (name) {
      case 'Condition':
        return this.isConditionTrue(toText(argument, at), at);
      case 'Fn::Equals': {
        const [left, right] = toList(argument, at, 2).map((side) => JSON.stringify(this.resolve(side, at)));
        return left === right;
      }
      case 'Fn::And':
        return toList(argument, at).every((part) => this.#evaluate(part, at));
      case 'Fn::Or':
        return toList(argument, at).some((part) => this.#evaluate(part, at));
      case 'Fn::Not':
        return !this.#evaluate(toList(argument, at, 1)[0], at);
      default:
        throw new TemplateError(at, `the local engine does not know the condition function ${name}`);
    }
  }

  #resolveText(value: unknown, path: string): string {
    return toText(this.#resolve(value, path), path);
  }
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of the intrinsic function that a value is, undefined for a plain map. */
function readIntrinsic(value: Values, path: string): string | undefined {
  const keys = Object.keys(value);
  const name = keys.find((key) => key.startsWith('Fn::') || (key === 'Ref' && keys.length === 1));
  if (name !== undefined && keys.length > 1) {
    throw new TemplateError(path, `${name} must stand alone, but stands among ${keys.join(', ')}`);
  }
  return name;
}

/** Parameters take their defaults; one that names an SSM parameter stays its name, for nothing local reads its value. */
function readParameter({ Type, Default }: { Type: string; Default?: unknown }, path: string): unknown {
  if (Default === undefined)
    throw new TemplateError(path, 'the parameter has no default, which the local engine needs');
  const isList = Type === 'CommaDelimitedList' || Type.startsWith('List<');
  return isList
    ? toText(Default, path)
        .split(',')
        .map((item) => item.trim())
    : Default;
}

function toList(value: unknown, path: string, length?: number): unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  const expected = length === undefined ? 'a list' : `a list of ${length}`;
  throw new TemplateError(path, `expected ${expected}, got ${JSON.stringify(value)}`);
}

function toText(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(path, `expected a text, got ${JSON.stringify(value)}`);
}
