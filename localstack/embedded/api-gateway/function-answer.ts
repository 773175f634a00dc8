/** Reads what a function returned to its proxy integration. */

export interface ProxyAnswer {
  readonly statusCode: number;
  /** Name, value, name, value... with duplicates, as the function named them. */
  readonly headers: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A function's answer that API Gateway turns into 502; `message` names the wrong member, never its value. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';
}

const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * Parses a payload ("Output format of a Lambda function for proxy integration"). Every member may be missing or null:
 * `{}` is 200 with an empty body; but a member of another name is malformed, and so is a value of another type.
 *
 * @throws {MalformedAnswerError}
 */
export function parseFunctionAnswer(payload: string): ProxyAnswer {
  const answer = parseObject(payload);
  for (const member of Object.keys(answer)) {
    if (!MEMBERS.has(member)) throw new MalformedAnswerError(`The answer has the unknown member "${member}".`);
  }
  const body = answer['body'] ?? '';
  const isBase64Encoded = answer['isBase64Encoded'] ?? false;
  if (typeof body !== 'string') throw new MalformedAnswerError('body is not a string.');
  if (typeof isBase64Encoded !== 'boolean') throw new MalformedAnswerError('isBase64Encoded is not a boolean.');
  return {
    statusCode: parseStatusCode(answer['statusCode'] ?? 200),
    headers: mergeHeaders(answer['headers'] ?? {}, answer['multiValueHeaders'] ?? {}),
    body,
    isBase64Encoded,
  };
}

function parseObject(payload: string): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch (error) {
    throw new MalformedAnswerError('The answer is not JSON.', { cause: error });
  }
  if (!isObject(answer)) throw new MalformedAnswerError('The answer is not an object.');
  return answer;
}

function parseStatusCode(value: unknown): number {
  const isCode = Number.isInteger(value) || (typeof value === 'string' && /^\d{3}$/.test(value));
  const statusCode = isCode ? Number(value) : 0;
  if (statusCode < 200 || statusCode > 599) {
    throw new MalformedAnswerError('statusCode is not an integer between 200 and 599.');
  }
  return statusCode;
}

/** A value that stands in both forms is sent once ("Support for multi-value headers"). */
function mergeHeaders(single: unknown, multi: unknown): string[] {
  if (!isObject(single)) throw new MalformedAnswerError('headers is not an object.');
  if (!isObject(multi)) throw new MalformedAnswerError('multiValueHeaders is not an object.');
  const headers: string[] = [];
  for (const [name, value] of Object.entries(single)) {
    const others = multi[name];
    if (!Array.isArray(others) || !others.includes(value)) headers.push(name, readHeaderValue(name, value));
  }
  for (const [name, values] of Object.entries(multi)) {
    if (!Array.isArray(values)) throw new MalformedAnswerError(`multiValueHeaders["${name}"] is not an array.`);
    for (const value of values) headers.push(name, readHeaderValue(name, value));
  }
  return headers;
}

function readHeaderValue(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new MalformedAnswerError(`The header "${name}" is not a string, a number or a boolean.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
