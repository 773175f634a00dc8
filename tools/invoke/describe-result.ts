/** Lays out what a function returned for a reader. */
import { inspect } from 'node:util';

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Record<string, unknown>;
  readonly multiValueHeaders?: Record<string, unknown>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** An HTTP answer as status, headers and body; any other value alone. Innermost lists and objects take one line each. */
export function describeResult(payload: string): string {
  const result = parseJson(payload);
  if (!isHttpAnswer(result)) return layOut(payload);
  const { statusCode, headers, multiValueHeaders, body = '', isBase64Encoded = false } = result;
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const shown = Object.entries({ ...headers, ...multiValueHeaders }).map(
    ([name, value]) => `${name}: ${String(value)}`,
  );
  return [`status ${statusCode}`, ...shown, '', layOut(text)].join('\n');
}

function isHttpAnswer(result: unknown): result is HttpAnswer {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function layOut(text: string): string {
  const value = parseJson(text);
  if (value === undefined) return text;
  return inspect(value, {
    depth: null,
    compact: 1,
    breakLength: Infinity,
    maxArrayLength: null,
    maxStringLength: null,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
