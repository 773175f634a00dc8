/** Errors as the Node.js runtime of Lambda names and reports them. */
import type { FunctionError } from '../worker-messages.ts';

/** An error of the runtime itself, such as `Runtime.HandlerNotFound`. */
export function createRuntimeError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  // A stack begins with the name that the error had when it was made.
  error.stack = error.stack?.replace(/^Error/, () => name) ?? '';
  return error;
}

/** Whatever was thrown, as the error object that the caller of the function gets. */
export function toFunctionError(thrown: unknown): FunctionError {
  const errorType = thrown instanceof Error ? thrown.name : typeof thrown;
  const errorMessage = thrown instanceof Error ? thrown.message : String(thrown);
  const trace = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [];
  return { errorType, payload: JSON.stringify({ errorType, errorMessage, trace }) };
}

/** An error as the text logs of the runtime show it; a tab comes before it, as on AWS. */
export function formatErrorForTextLog(error: Error): string {
  const stack = (error.stack ?? '').split('\n');
  const described = Object.assign({ errorType: error.name, errorMessage: error.message }, error, { stack });
  return `\t${JSON.stringify(described)}`;
}
