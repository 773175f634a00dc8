/** Starts WebSocket APIs on real listening servers, and clients of them, for the behaviour tests. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { listen } from '../../api-gateway/listen.ts';
import { refuseForeignRequest } from '../../api-gateway/loopback-guard.ts';
import type { FunctionInvoker } from '../../api-gateway/rest-api-definition.ts';
import { getPort } from '../../api-gateway/testing/test-api.ts';
import { closeServer } from '../../close-server.ts';
import { answerConnectionsRequest } from '../connections-api.ts';
import { nameStage, parseStagePath } from '../stage-paths.ts';
import { listenForWebSockets } from '../upgrades.ts';
import type { RouteDefinition, WebSocketApiDefinition } from '../websocket-api-definition.ts';
import { createWebSocketApi } from '../websocket-api.ts';
import type { WebSocketApi, WebSocketApiOptions } from '../websocket-api.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:000000000000:function:test';
const PATH = '/_aws/execute-api/abc123/prod';

/** The types lack what only some events have. */
export interface SocketEvent extends APIGatewayProxyWebsocketEventV2 {
  readonly headers?: Record<string, string>;
  readonly requestContext: APIGatewayProxyWebsocketEventV2['requestContext'] & {
    readonly identity?: { readonly sourceIp: string; readonly userAgent?: string };
    readonly disconnectStatusCode?: number;
    readonly disconnectReason?: string;
  };
}

export type Handler = (event: SocketEvent) => unknown;

export function route(routeKey: string, hasRouteResponse = false): RouteDefinition {
  const integration = { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, timeoutMs: 29_000 } as const;
  return { routeKey, integration, hasRouteResponse };
}

/** A definition with the routes `$connect`, `$disconnect`, `$default` and `note` unless others are given. */
export function defineApi(overrides: Partial<WebSocketApiDefinition> = {}): WebSocketApiDefinition {
  return {
    apiId: 'abc123',
    name: 'Chat',
    stageName: 'prod',
    region: 'eu-central-1',
    stageVariables: {},
    routeSelectionExpression: '$request.body.action',
    routes: [route('$connect'), route('$disconnect'), route('$default'), route('note')],
    defaultThrottle: {},
    routeThrottles: {},
    ...overrides,
  };
}

/** A handshake that was answered by something else than a connection. */
export class RefusedHandshake extends Error {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;

  constructor({ statusCode = 0, headers }: IncomingMessage, body: string) {
    super(`the handshake was answered with ${statusCode}: ${body}`);
    this.status = statusCode;
    this.headers = headers;
    this.body = body;
  }
}

export class TestClient {
  readonly socket: WebSocket;
  /** How the connection has ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #texts: string[] = [];
  #onText: (() => void) | undefined;

  constructor(url: string, protocols: readonly string[], options: ClientOptions) {
    this.socket = new WebSocket(url, [...protocols], { perMessageDeflate: false, ...options });
    const closed = Promise.withResolvers<{ code: number; reason: string }>();
    this.closed = closed.promise;
    this.socket.on('message', (data: Buffer) => {
      this.#texts.push(data.toString());
      this.#onText?.();
    });
    this.socket.on('close', (code, reason) => closed.resolve({ code, reason: reason.toString() }));
    this.socket.on('error', () => undefined);
  }

  /** @throws {RefusedHandshake} */
  async open(): Promise<this> {
    const refused = Promise.withResolvers<never>();
    this.socket.once('unexpected-response', (_req, res: IncomingMessage) => {
      void text(res).then((body) => refused.reject(new RefusedHandshake(res, body)));
    });
    await Promise.race([once(this.socket, 'open'), refused.promise]);
    return this;
  }

  /** The next text that comes or has come. */
  async receive(): Promise<string> {
    while (this.#texts.length === 0) {
      const came = Promise.withResolvers<void>();
      this.#onText = came.resolve;
      await came.promise;
    }
    return this.#texts.shift() ?? '';
  }
}

export class RunningWebSocketApi implements AsyncDisposable {
  readonly api: WebSocketApi;
  readonly port: number;
  /** The events that the function got. */
  readonly events: SocketEvent[];
  readonly #close: () => Promise<void>;
  readonly #clients: TestClient[] = [];

  constructor(api: WebSocketApi, port: number, events: SocketEvent[], close: () => Promise<void>) {
    this.api = api;
    this.port = port;
    this.events = events;
    this.#close = close;
  }

  /** A client whose handshake is under way. */
  start(query = '', protocols: readonly string[] = [], options: ClientOptions = {}): TestClient {
    const client = new TestClient(`ws://127.0.0.1:${this.port}${PATH}${query}`, protocols, options);
    this.#clients.push(client);
    return client;
  }

  /** An open connection and its id. @throws {RefusedHandshake} */
  async connect(...how: Parameters<RunningWebSocketApi['start']>): Promise<{ client: TestClient; id: string }> {
    const client = await this.start(...how).open();
    return { client, id: this.#findLastId() };
  }

  /** A client that answers nothing by itself, and whose handshake is under way. */
  startRaw(): Socket {
    const socket = connect(this.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const headers = ['Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
    socket.write([`GET ${PATH} HTTP/1.1`, ...headers, key, '', ''].join('\r\n'));
    return socket;
  }

  /** An open connection of such a client, and its id. */
  async connectRaw(): Promise<{ socket: Socket; id: string }> {
    const socket = this.startRaw();
    await once(socket, 'data');
    return { socket, id: this.#findLastId() };
  }

  /** Calls the `@connections` API. */
  manage(method: 'POST' | 'GET' | 'DELETE', id: string, body?: string): Promise<Response> {
    const url = `http://127.0.0.1:${this.port}${PATH}/@connections/${encodeURIComponent(id)}`;
    return fetch(url, { method, ...(body !== undefined && { body }) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.#clients) socket.terminate();
    await this.#close();
  }

  #findLastId(): string {
    const connected = this.events.findLast(({ requestContext }) => requestContext.eventType === 'CONNECT');
    return connected?.requestContext.connectionId ?? '';
  }
}

/** Serves an API whose function is `handler`; what it returns is the function's payload. */
export async function startWebSocketApi(
  definition: WebSocketApiDefinition = defineApi(),
  handler: Handler = () => ({ statusCode: 200 }),
  options: Partial<WebSocketApiOptions> = {},
): Promise<RunningWebSocketApi> {
  const events: SocketEvent[] = [];
  const invoker: FunctionInvoker = {
    async invoke(_functionArn, payload, { onStart }) {
      onStart();
      const event: SocketEvent = JSON.parse(payload);
      events.push(event);
      return { payload: JSON.stringify(await handler(event)) ?? 'null' };
    },
  };
  return startWebSocketApiWith(definition, invoker, options, events);
}

/** Serves an API with an invoker of its own. */
export async function startWebSocketApiWith(
  definition: WebSocketApiDefinition,
  invoker: FunctionInvoker,
  options: Partial<WebSocketApiOptions> = {},
  events: SocketEvent[] = [],
): Promise<RunningWebSocketApi> {
  const api = createWebSocketApi(definition, invoker, { idleMs: 600_000, lifetimeMs: 7_200_000, ...options });
  const stages = new Map([[nameStage(definition), api]]);
  const server = await listen(
    (req, res) => {
      if (refuseForeignRequest(req, res) || answerConnectionsRequest(stages, req, res)) return;
      res.writeHead(404).end();
    },
    0,
    listenForWebSockets((url) => stages.get(parseStagePath(url) ?? '')),
  );
  const close = async (): Promise<void> => void (await Promise.all([api.stop(), closeServer(server)]));
  return new RunningWebSocketApi(api, getPort(server), events, close);
}
