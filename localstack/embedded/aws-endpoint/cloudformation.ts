/** The actions of CloudFormation that describe the one deployed stack (AWS: "CloudFormation API Reference"). */
import type { DeployedResource, DeployedStack } from '../template/deploy-stack.ts';
import type { XmlContent } from './answers.ts';

/** What is told about the deployed stack. */
export type DescribedStack = Pick<DeployedStack, 'stackName' | 'stackId' | 'outputs' | 'resources'>;

/** What CloudFormation answers, with status 400 and the code ValidationError, to a request that names what is not there. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
}

/** A stack is deployed whenever the engine starts. */
const DEPLOYED_AT = new Date().toISOString();
const STATUS = 'CREATE_COMPLETE';

/** Each takes the form of a request and returns the result. @throws ValidationError */
export const CLOUDFORMATION_ACTIONS: ReadonlyMap<string, (stack: DescribedStack, form: URLSearchParams) => XmlContent> =
  new Map([
    ['DescribeStackResource', describeStackResource],
    ['DescribeStackResources', describeStackResources],
    ['DescribeStacks', describeStacks],
    ['ListStackResources', listStackResources],
    ['ListStacks', listStacks],
  ]);

/** Without a name it describes all stacks. */
function describeStacks(stack: DescribedStack, form: URLSearchParams): XmlContent {
  if (form.has('StackName')) requireStack(stack, form);
  const Outputs = Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  return { Stacks: [{ ...summarizeStack(stack), Outputs }] };
}

function listStacks(stack: DescribedStack, form: URLSearchParams): XmlContent {
  const filter = [...form].filter(([name]) => name.startsWith('StackStatusFilter.')).map(([, status]) => status);
  return { StackSummaries: filter.length === 0 || filter.includes(STATUS) ? [summarizeStack(stack)] : [] };
}

function listStackResources(stack: DescribedStack, form: URLSearchParams): XmlContent {
  requireStack(stack, form);
  return {
    StackResourceSummaries: stack.resources.map((resource) => ({
      ...describeResource(resource),
      LastUpdatedTimestamp: DEPLOYED_AT,
    })),
  };
}

/** Takes a stack's name or the physical id of one of its resources; a logical id narrows the answer further. */
function describeStackResources(stack: DescribedStack, form: URLSearchParams): XmlContent {
  const physicalId = form.get('PhysicalResourceId');
  const logicalId = form.get('LogicalResourceId');
  if (physicalId === null) requireStack(stack, form);
  else if (!stack.resources.some((resource) => resource.physicalId === physicalId)) {
    throw new ValidationError(`Stack for ${physicalId} does not exist`);
  }
  const resources = logicalId === null ? stack.resources : [findResource(stack, logicalId)];
  return {
    StackResources: resources.map((resource) => ({
      ...nameStack(stack),
      ...describeResource(resource),
      Timestamp: DEPLOYED_AT,
    })),
  };
}

function describeStackResource(stack: DescribedStack, form: URLSearchParams): XmlContent {
  requireStack(stack, form);
  const resource = findResource(stack, form.get('LogicalResourceId') ?? '');
  return {
    StackResourceDetail: { ...nameStack(stack), ...describeResource(resource), LastUpdatedTimestamp: DEPLOYED_AT },
  };
}

function requireStack({ stackName, stackId }: DescribedStack, form: URLSearchParams): void {
  const name = form.get('StackName');
  if (name === null)
    throw new ValidationError(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  if (name !== stackName && name !== stackId) throw new ValidationError(`Stack with id ${name} does not exist`);
}

function findResource({ stackName, resources }: DescribedStack, logicalId: string): DeployedResource {
  const resource = resources.find((each) => each.logicalId === logicalId);
  if (resource === undefined) throw new ValidationError(`Resource ${logicalId} does not exist for stack ${stackName}`);
  return resource;
}

function nameStack({ stackName, stackId }: DescribedStack) {
  return { StackName: stackName, StackId: stackId };
}

function summarizeStack(stack: DescribedStack) {
  return { ...nameStack(stack), CreationTime: DEPLOYED_AT, StackStatus: STATUS };
}

function describeResource({ logicalId, physicalId, type }: DeployedResource) {
  return { LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type, ResourceStatus: STATUS };
}
