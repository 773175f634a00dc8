/** The errors that Lambda itself answers when an execution environment fails under a request. */
import type { FunctionError } from './worker-messages.ts';

/** The request, or the init phase before it, took longer than `limitMs` (AWS page "Troubleshoot invocation issues in Lambda"). */
export function timeoutFault(requestId: string, limitMs: number): FunctionError {
  return fault('Sandbox.Timedout', requestId, timeoutMessage(limitMs));
}

/** The sentence that names a timeout in the error and in text logs. */
export function timeoutMessage(limitMs: number): string {
  return `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
}

/** The environment ended by itself with `exitCode`. */
export function exitFault(requestId: string, exitCode: number): FunctionError {
  const reason =
    exitCode === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${exitCode}`;
  return fault('Runtime.ExitError', requestId, reason);
}

/** The environment ended by an error that nothing in it handled. */
export function crashFault(requestId: string): FunctionError {
  return exitFault(requestId, 1);
}

/** The environment was killed as it used more memory than the function has; only the logs name the reason, as on AWS. */
export function outOfMemoryFault(requestId: string): FunctionError {
  const { payload } = fault('Runtime.ExitError', requestId, 'Runtime exited with error: signal: killed');
  return { errorType: 'Runtime.OutOfMemory', payload };
}

function fault(errorType: string, requestId: string, reason: string): FunctionError {
  return {
    errorType,
    payload: JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${reason}` }),
  };
}
