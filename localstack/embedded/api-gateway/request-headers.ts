/** The headers of a proxy event: what the client sent and what API Gateway adds. */
import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import { quote } from './json-text.ts';

/** "Amazon API Gateway quotas": total combined size of the request line and the header values. */
const HEADER_LIMIT_BYTES = 10_240;

/** The request and what API Gateway adds to its headers. */
export type HeaderSource = Pick<Exchange, 'req' | 'sourceIp' | 'traceRoot'>;

/** Both forms as JSON. */
export interface EventHeaderTexts {
  readonly headers: string;
  readonly multiValueHeaders: string;
}

/** What never reaches a function ("Amazon API Gateway important notes"), and what API Gateway sets itself. */
const NOT_PASSED_ON = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/**
 * Names keep the case that the client sent, and names of different case are different headers. Of several values the
 * last one stands in `headers`.
 */
export function renderEventHeaders(source: HeaderSource): EventHeaderTexts {
  let headers = '';
  let multiValueHeaders = '';
  for (const [name, values] of collectHeaders(source)) {
    // HTTP allows nothing in a header's name that JSON would have to escape.
    headers += `,"${name}":${values.at(-1)}`;
    multiValueHeaders += `,"${name}":[${values.length === 1 ? values[0] : values.join(',')}]`;
  }
  return { headers: `{${headers.slice(1)}}`, multiValueHeaders: `{${multiValueHeaders.slice(1)}}` };
}

/** Every header with its values, which are JSON already. */
function collectHeaders({ req, sourceIp, traceRoot }: HeaderSource): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  const { rawHeaders } = req;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (NOT_PASSED_ON.has(name.toLowerCase())) continue;
    const value = quote(rawHeaders[index + 1] ?? '');
    const values = headers.get(name);
    if (values) values.push(value);
    else headers.set(name, [value]);
  }
  const forwardedFor = req.headers['x-forwarded-for'];
  headers.set('X-Amzn-Trace-Id', [quote(traceRoot)]);
  headers.set('X-Forwarded-For', [
    quote(forwardedFor === undefined ? sourceIp : `${String(forwardedFor)}, ${sourceIp}`),
  ]);
  headers.set('X-Forwarded-Port', [`"${req.socket.localPort ?? ''}"`]);
  headers.set('X-Forwarded-Proto', ['"http"']);
  return headers;
}

/** Whether the request line and the header values together are over API Gateway's limit. */
export function isOverHeaderLimit({ method = '', url = '', rawHeaders }: IncomingMessage): boolean {
  let lengthBytes = method.length + url.length + ' HTTP/1.1'.length + 1;
  for (let index = 1; index < rawHeaders.length; index += 2) lengthBytes += rawHeaders[index]?.length ?? 0;
  return lengthBytes > HEADER_LIMIT_BYTES;
}
