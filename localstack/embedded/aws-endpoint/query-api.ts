// The actions that clients ask for in the AWS query protocol: of STS and of CloudFormation.
import type { ServerResponse } from 'node:http';
import { ACCOUNT_ID } from '../account.ts';
import { sendQueryError, sendQueryResult } from './answers.ts';
import { CLOUDFORMATION_ACTIONS, ValidationError } from './cloudformation.ts';
import type { DescribedStack } from './cloudformation.ts';

const CLOUDFORMATION_NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';
const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const SQS_ACTION = /^(?:(?:Send|Receive|Delete)Message|ChangeMessageVisibility|\w*Queue)/;

/** The actions that are served, as a text. */
export const QUERY_ACTIONS = `GetCallerIdentity of STS, ${[...CLOUDFORMATION_ACTIONS.keys()].join(', ')} of CloudFormation`;

/** Answers a form with an `Action`; 501 for all that is not served, naming it. */
export function answerQuery(form: URLSearchParams, stack: DescribedStack, response: ServerResponse): void {
  const action = form.get('Action') ?? '';
  const describe = CLOUDFORMATION_ACTIONS.get(action);
  if (action === 'GetCallerIdentity') {
    const identity = { Arn: `arn:aws:iam::${ACCOUNT_ID}:root`, UserId: ACCOUNT_ID, Account: ACCOUNT_ID };
    sendQueryResult(response, action, STS_NAMESPACE, identity);
  } else if (describe !== undefined) {
    try {
      sendQueryResult(response, action, CLOUDFORMATION_NAMESPACE, describe(stack, form));
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      sendQueryError(response, 400, error.name, error.message);
    }
  } else if (SQS_ACTION.test(action)) {
    const message = `${action} came in the query protocol, but the local SQS speaks the JSON protocol only; use a current AWS CLI or SDK.`;
    sendQueryError(response, 501, 'NotImplemented', message);
  } else {
    const message = `The local engine has no action "${action}"; of the query protocol it has ${QUERY_ACTIONS}.`;
    sendQueryError(response, 501, 'NotImplemented', message);
  }
}
