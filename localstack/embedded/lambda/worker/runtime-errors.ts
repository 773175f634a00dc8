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
  const { errorType, errorMessage, trace } = describeThrown(thrown);
  return { errorType, payload: JSON.stringify({ errorType, errorMessage, trace }) };
}

/** An error as the text logs of the runtime show it; a tab comes before it, as on AWS. */
export function formatErrorForTextLog(error: Error): string {
  try {
    return `\t${JSON.stringify(error, (_key, value: unknown) => showError(value))}`;
  } catch {
    // Not expressible as JSON, such as an error that holds a cycle.
    return `\t${JSON.stringify(describeThrown(error))}`;
  }
}

function describeThrown(thrown: unknown) {
  return thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: splitStack(thrown) ?? [] }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** An error with what JSON would leave out of it. */
function showError(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const described = { errorType: value.name, errorMessage: value.message, code: Reflect.get(value, 'code') };
  return Object.assign(described, value, { stack: splitStack(value) });
}

function splitStack({ stack }: Error): string[] | undefined {
  return typeof stack === 'string' ? stack.split('\n') : undefined;
}
