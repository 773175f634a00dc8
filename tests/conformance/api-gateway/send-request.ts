/** Sends requests to the probe app's APIs exactly as written. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Engine } from '../conformance-case.ts';

/** The output with an API's id. */
export type ApiName = 'Api' | 'BinaryApi' | 'RoutesApi' | 'CustomizedApi';

export interface Sent {
  readonly api?: ApiName;
  readonly method?: string;
  /** Path and query string inside of the stage, sent as they are. */
  readonly path?: string;
  /** Name, value, name, value... with case and duplicates; Host is added. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

export interface Received {
  readonly status: number;
  /** Names in lower case; all values of a name. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** `<cut off>` if it ends before the length that the headers name. */
  readonly body: Buffer;
}

export async function send(engine: Engine, sent: Sent): Promise<Received> {
  const { api = 'Api', method = 'GET', path = '/', headers = [], body } = sent;
  const { hostname, port, host } = new URL(engine.endpoint);
  const length = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  const outgoing = request({
    hostname,
    port,
    method,
    path: `/_aws/execute-api/${engine.outputs[`${api}Id`]}/prod${path}`,
    headers: ['Host', host, ...headers, ...length],
    agent: false,
  });
  outgoing.end(body);
  const [response]: IncomingMessage[] = await once(outgoing, 'response');
  if (response === undefined) throw new Error(`${method} ${path} was not answered`);
  const received: Record<string, readonly string[]> = {};
  for (const [name, values = []] of Object.entries(response.headersDistinct)) received[name] = values;
  return {
    status: response.statusCode ?? 0,
    headers: received,
    body: await buffer(response).catch(() => Buffer.from('<cut off>')),
  };
}

/** The event that the function got. */
export async function sendForEvent(engine: Engine, sent: Sent): Promise<APIGatewayProxyEvent> {
  const { status, body } = await send(engine, sent);
  if (status !== 200) throw new Error(`The echo function should have answered; got ${status} ${body.toString()}`);
  return JSON.parse(body.toString());
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string | undefined>;
}

/** Status, body as text, and those headers that are named. */
export async function observeAnswer(engine: Engine, sent: Sent, names: readonly string[] = []): Promise<Answer> {
  const { status, headers, body } = await send(engine, sent);
  const named = Object.fromEntries(names.map((name) => [name, headers[name.toLowerCase()]?.join(' | ')]));
  return { status, body: body.toString(), ...(names.length > 0 && { headers: named }) };
}
