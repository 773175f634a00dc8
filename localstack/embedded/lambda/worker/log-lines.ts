/** Log lines in the two formats of the Node.js runtime (AWS page "Log and monitor Node.js Lambda functions"). */
import { format } from 'node:util';

/** One call of a console method. */
export interface LogCall {
  level: string;
  requestId: string;
  message: unknown;
  parameters: unknown[];
}

/** A line of the text format: time, request id, level and message, tab separated. */
export function formatTextLine({ level, requestId, message, parameters }: LogCall): string {
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${format(message, ...parameters)}\n`;
}

/** A line of the JSON format. One argument stays an object; several are put together as text. */
export function formatJsonLine({ level, requestId, message, parameters }: LogCall): string {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (parameters.length === 0) return `${stringifyMessage(line, message)}\n`;
  const error = parameters.find((parameter) => parameter instanceof Error);
  const text = format(message, ...parameters);
  return `${JSON.stringify({ ...line, message: text, ...(error && describeError(error)) })}\n`;
}

function stringifyMessage(line: object, message: unknown): string {
  try {
    return JSON.stringify({ ...line, message }, (_key, value: unknown) =>
      value instanceof Error ? Object.assign(describeError(value), value) : value,
    );
  } catch {
    // Not expressible as JSON, such as a cycle or a BigInt.
    return JSON.stringify({ ...line, message: format(message) });
  }
}

function describeError(error: Error) {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? '').split('\n'),
  };
}
