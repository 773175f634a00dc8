// The actions that clients ask for in the AWS query protocol: of STS and of CloudFormation.
import type { ServerResponse } from 'node:http';
import { ACCOUNT_ID } from '../account.ts';
import type { DeployedStack } from '../template/deploy-stack.ts';
import { sendQueryError, sendQueryResult } from './answers.ts';
import type { XmlContent } from './answers.ts';

const CLOUDFORMATION_NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';
const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const SQS_ACTION = /^(?:(?:Send|Receive|Delete)Message|ChangeMessageVisibility|\w*Queue)/;

/** What is told about the deployed stack. */
export type DescribedStack = Pick<DeployedStack, 'stackName' | 'stackId' | 'outputs' | 'resources'>;

/** A stack is deployed whenever the engine starts. */
const DEPLOYED_AT = new Date().toISOString();

/** Answers a form with an `Action`; 501 for all that is not served, naming it. */
export function answerQuery(form: URLSearchParams, stack: DescribedStack, response: ServerResponse): void {
  const action = form.get('Action') ?? '';
  if (action === 'GetCallerIdentity') {
    const identity = { Arn: `arn:aws:iam::${ACCOUNT_ID}:root`, UserId: ACCOUNT_ID, Account: ACCOUNT_ID };
    sendQueryResult(response, action, STS_NAMESPACE, identity);
  } else if (action === 'DescribeStacks' || action === 'ListStackResources') {
    const name = form.get('StackName');
    if (name !== null && name !== stack.stackName && name !== stack.stackId) {
      sendQueryError(response, 400, 'ValidationError', `Stack with id ${name} does not exist`);
      return;
    }
    const result = action === 'DescribeStacks' ? describeStack(stack) : listResources(stack);
    sendQueryResult(response, action, CLOUDFORMATION_NAMESPACE, result);
  } else if (SQS_ACTION.test(action)) {
    const message = `${action} came in the query protocol, but the local SQS speaks the JSON protocol only; use AWS CLI 2 or a current SDK.`;
    sendQueryError(response, 501, 'NotImplemented', message);
  } else {
    const message = `The local engine has no action "${action}"; of the query protocol it has GetCallerIdentity, DescribeStacks and ListStackResources.`;
    sendQueryError(response, 501, 'NotImplemented', message);
  }
}

function describeStack({ stackName, stackId, outputs }: DescribedStack): XmlContent {
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const stack = {
    StackName: stackName,
    StackId: stackId,
    CreationTime: DEPLOYED_AT,
    StackStatus: 'CREATE_COMPLETE',
    Outputs,
  };
  return { Stacks: [stack] };
}

function listResources({ resources }: DescribedStack): XmlContent {
  return {
    StackResourceSummaries: resources.map(({ logicalId, physicalId, type }) => ({
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      LastUpdatedTimestamp: DEPLOYED_AT,
      ResourceStatus: 'CREATE_COMPLETE',
    })),
  };
}
