/** The AWS_PROXY integration: invokes a function and reads its answer. */
import { MalformedAnswerError, parseFunctionAnswer } from './function-answer.ts';
import type { ProxyAnswer } from './function-answer.ts';
import {
  BAD_FUNCTION_ANSWER,
  INTEGRATION_FAILURE,
  INTEGRATION_TIMEOUT,
  OVERLOADED,
  REQUEST_TOO_LONG,
} from './gateway-errors.ts';
import type { GatewayError } from './gateway-errors.ts';
import type { FunctionInvoker, LambdaProxyIntegration } from './rest-api-definition.ts';

export type ProxyOutcome = { readonly answer: ProxyAnswer } | ProxyFailure;

export interface ProxyFailure {
  readonly error: GatewayError;
  /** For the access log; nothing of the payload. */
  readonly reason: string;
}

/** Lambda's refusals that have an answer of their own. */
const REFUSALS: Record<string, GatewayError> = {
  RequestTooLargeException: REQUEST_TOO_LONG,
  TooManyRequestsException: OVERLOADED,
};

const TIMED_OUT: ProxyFailure = { error: INTEGRATION_TIMEOUT, reason: 'Endpoint request timed out' };

/**
 * Invokes the function and waits no longer than the integration's timeout once it runs. Never rejects. A function that answers
 * too late still runs to its end, as on AWS.
 */
export async function invokeFunction(
  invoker: FunctionInvoker,
  { functionArn, timeoutMs }: LambdaProxyIntegration,
  payload: string,
): Promise<ProxyOutcome> {
  const timeout = Promise.withResolvers<ProxyOutcome>();
  let timer: NodeJS.Timeout | undefined;
  // Lambda has a place for a request or refuses it. The queue for one is this machine's, so the clock starts after it.
  const onStart = (): void => {
    timer = setTimeout(timeout.resolve, timeoutMs, TIMED_OUT);
  };
  const outcome = await Promise.race([settle(invoker, functionArn, payload, onStart), timeout.promise]);
  clearTimeout(timer);
  return outcome;
}

async function settle(
  invoker: FunctionInvoker,
  functionArn: string,
  payload: string,
  onStart: () => void,
): Promise<ProxyOutcome> {
  let result;
  try {
    result = await invoker.invoke(functionArn, payload, { onStart });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    return { error: REFUSALS[name] ?? INTEGRATION_FAILURE, reason: `Lambda refused the call: ${name}` };
  }
  if (result.functionError !== undefined) {
    return { error: BAD_FUNCTION_ANSWER, reason: `The function failed: ${result.functionError}` };
  }
  try {
    return { answer: parseFunctionAnswer(result.payload) };
  } catch (error) {
    const detail = error instanceof MalformedAnswerError ? error.message : 'It cannot be read.';
    return { error: BAD_FUNCTION_ANSWER, reason: `Malformed Lambda proxy response: ${detail}` };
  }
}
