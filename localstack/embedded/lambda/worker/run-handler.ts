/** Runs the handler for one request and turns whatever comes of it into an answer. */
import { exceedsBytes, RESPONSE_LIMIT_BYTES } from '../payload-limits.ts';
import { createRuntimeError, toFunctionError } from './runtime-errors.ts';
import type { Handler } from './load-handler.ts';
import type { InvocationContext } from './invocation-context.ts';
import type { WorkerAnswer } from '../worker-messages.ts';

/** Never throws: an error of the handler becomes an answer and is passed to `logError` as well. */
export async function runHandler(
  handler: Handler,
  payload: string,
  context: InvocationContext,
  logError: (title: string, error: unknown) => void,
): Promise<WorkerAnswer> {
  try {
    const response = stringifyResponse(await handler(JSON.parse(payload), context));
    if (exceedsBytes(response, RESPONSE_LIMIT_BYTES)) return tooLargeAnswer(context.awsRequestId);
    return [context.awsRequestId, response, ''];
  } catch (error) {
    logError('Invoke Error', error);
    const { errorType, payload: errorPayload } = toFunctionError(error);
    return [context.awsRequestId, errorPayload, errorType];
  }
}

function stringifyResponse(response: unknown): string {
  try {
    // JSON.stringify gives undefined for a function or a symbol, whatever its type says.
    return JSON.stringify(response) ?? 'null';
  } catch {
    throw createRuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

function tooLargeAnswer(requestId: string): WorkerAnswer {
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`;
  return [requestId, JSON.stringify({ errorType, errorMessage }), errorType];
}
