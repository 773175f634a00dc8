/** Reads what a client sent: the JSON body, parameters and single headers, checked against the contract's schemas. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';
import { quote } from './quote.ts';
import { type Problem, RequestError } from './request-error.ts';

const { localeError: describeInEnglish } = english();

/** zod's own words, and of what is one of a few values also what it was instead. */
z.config({
  localeError: (issue) => {
    const description = describeInEnglish?.(issue);
    const message = typeof description === 'object' ? description?.message : description;
    return issue.code === 'invalid_value' ? `${message}, received ${quote(issue.input)}` : message;
  },
});

const JSON_CONTENT_TYPE = /^application\/json\s*(;|$)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON body of a request, as `schema` types it.
 * @throws RequestError 415 unless the content type is JSON; 422 for bytes that are not UTF-8, for text that is not
 *   JSON, and for JSON that does not fit, with one problem for each field
 */
export function parseBody<T>(event: APIGatewayProxyEvent, schema: z.ZodMiniType<T>): T {
  const contentType = readHeader(event, 'content-type');
  if (contentType === undefined || !JSON_CONTENT_TYPE.test(contentType))
    throw new RequestError(415, [
      {
        location: ['header', 'Content-Type'],
        message: `must be application/json, got ${contentType ?? 'none'}`,
        type: 'unsupported_media_type',
      },
    ]);
  return parseText(decodeBody(event), schema, 'body');
}

/**
 * A header that may be left out, as `schema` types it.
 * @throws RequestError 422
 */
export function parseHeader<T>(event: APIGatewayProxyEvent, name: string, schema: z.ZodMiniType<T>): T | undefined {
  const value = readHeader(event, name);
  return value === undefined ? undefined : validate(value, schema, 'header', name);
}

/**
 * The parameters in a request's path, as `schema` types them.
 * @throws RequestError 422
 */
export function parsePathParameters<T>(event: APIGatewayProxyEvent, schema: z.ZodMiniType<T>): T {
  // REST APIs hand them over as they were sent.
  const decoded = Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, decode(name, value ?? '')]);
  return validate(Object.fromEntries(decoded), schema, 'path');
}

/**
 * The parameters in a request's query string, as `schema` types them; of one that is given twice, the last.
 * @throws RequestError 422
 */
export function parseQuery<T>(event: APIGatewayProxyEvent, schema: z.ZodMiniType<T>): T {
  return validate(event.queryStringParameters ?? {}, schema, 'query');
}

/**
 * JSON that stands in a text by itself, as `schema` types it.
 * @param location leads to the text
 * @throws RequestError 422
 */
export function parseText<T>(text: string, schema: z.ZodMiniType<T>, ...location: string[]): T {
  return validate(parseJson(text, location), schema, ...location);
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new RequestError(422, [
      { location: ['path', name], message: 'must be URL-encoded UTF-8', type: 'invalid_utf8' },
    ]);
  }
}

/** A header's value; its name is compared without regard to case. */
export function readHeader({ headers }: APIGatewayProxyEvent, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [header, value] of Object.entries(headers)) if (header.toLowerCase() === wanted) return value;
  return undefined;
}

function decodeBody({ body, isBase64Encoded }: APIGatewayProxyEvent): string {
  if (!isBase64Encoded) return body ?? '';
  try {
    return utf8.decode(Buffer.from(body ?? '', 'base64'));
  } catch {
    throw new RequestError(422, [{ location: ['body'], message: 'must be UTF-8', type: 'invalid_utf8' }]);
  }
}

function parseJson(text: string, location: readonly string[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(422, [{ location, message: `must be JSON, got ${quote(text)}`, type: 'invalid_json' }]);
  }
}

function validate<T>(value: unknown, schema: z.ZodMiniType<T>, ...location: string[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RequestError(
    422,
    result.error.issues.flatMap((issue) => describeIssue(issue, location)),
  );
}

function describeIssue(issue: z.core.$ZodIssue, location: readonly string[]): Problem[] {
  const at = [...location, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ location: [...at, key], message: 'is not a known field', type: issue.code }));
  if (issue.message.endsWith('received undefined')) return [{ location: at, message: 'is required', type: 'missing' }];
  return [{ location: at, message: issue.message, type: issue.code === 'custom' ? 'invalid_value' : issue.code }];
}
