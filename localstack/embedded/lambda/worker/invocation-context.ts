/** The second argument of a handler (AWS page "Using the Lambda context object to retrieve Node.js function information"). */
import type { WorkerSettings } from '../worker-messages.ts';

export interface InvocationContext {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  awsRequestId: string;
  logGroupName: string;
  logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis: () => number;
}

/** The context of the request `awsRequestId`, which must be answered by `deadlineMs` (milliseconds since 1970). */
export function createInvocationContext(
  { settings, logStreamName }: WorkerSettings,
  awsRequestId: string,
  deadlineMs: number,
): InvocationContext {
  return {
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId,
    logGroupName: settings.logging.logGroup,
    logStreamName,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}
