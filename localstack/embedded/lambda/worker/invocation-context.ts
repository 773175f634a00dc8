/** The second argument of a handler (AWS page "Using the Lambda context object to retrieve Node.js function information"). */
import type { WorkerRequest, WorkerSettings } from '../worker-messages.ts';

export interface InvocationContext {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  awsRequestId: string;
  logGroupName: string;
  logStreamName: string;
  /** What the caller gave as the client context. */
  clientContext: unknown;
  identity: undefined;
  tenantId: undefined;
  xRayTraceId: undefined;
  getRemainingTimeInMillis: () => number;
}

/** The context of one request. */
export function createInvocationContext(
  { settings, logStreamName }: WorkerSettings,
  [awsRequestId, deadlineMs, , clientContext]: WorkerRequest,
): InvocationContext {
  return {
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId,
    logGroupName: settings.logging.logGroup,
    logStreamName,
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    // There are no identity pools, tenants and traces here.
    identity: undefined,
    tenantId: undefined,
    xRayTraceId: undefined,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}
