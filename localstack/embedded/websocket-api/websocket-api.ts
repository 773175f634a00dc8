/** Serves one stage of a WebSocket API: handshakes, messages and the ends of connections. */
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { RenderContext } from '../api-gateway/context-template.ts';
import { findTraceRoot } from '../api-gateway/exchange.ts';
import type { ProxyOutcome } from '../api-gateway/lambda-proxy-integration.ts';
import { createRequestIds } from '../api-gateway/request-ids.ts';
import type { AccessLog } from '../api-gateway/rest-api.ts';
import type { FunctionInvoker } from '../api-gateway/rest-api-definition.ts';
import { describeClose, describeSocketError, GOING_AWAY, NOT_A_TEXT } from './close-codes.ts';
import type { Closing } from './close-codes.ts';
import { createConnectionEvent, createId } from './connection-event.ts';
import type { Client, ConnectionEvent } from './connection-event.ts';
import { Connection } from './connection.ts';
import { compileLogFormat } from './context-variables.ts';
import type { LoggedEvent } from './context-variables.ts';
import { renderErrorMessage } from './error-messages.ts';
import { Handshakes } from './handshakes.ts';
import type { Decision } from './handshakes.ts';
import { IncomingLimits } from './incoming-limits.ts';
import { CONNECT, DISCONNECT, Routes } from './routes.ts';
import { UnreadMessages } from './unread-messages.ts';
import type { WebSocketApiDefinition } from './websocket-api-definition.ts';
import { createEventRenderer } from './websocket-events.ts';
import type { EventRenderer } from './websocket-events.ts';

/** How long connections may take to close, and functions to end, when the API stops. */
const STOP_GRACE_MS = 1_000;
/** How often connections are looked through for those that have lasted their time. */
const SWEEP_INTERVAL_MS = 1_000;
/** How long a client may take to close when it is asked to. */
const CLOSE_LIMIT_MS = 5_000;

export interface WebSocketApi {
  readonly definition: WebSocketApiDefinition;
  /** Answers a handshake; never throws. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The open connection with this id. */
  findConnection(connectionId: string): Connection | undefined;
  /** Closes all connections; resolves when their functions have ended, or after a second. */
  stop(): Promise<void>;
}

export interface WebSocketApiOptions {
  /** How long a connection lasts in which nothing is sent. */
  readonly idleMs: number;
  /** How long any connection lasts. */
  readonly lifetimeMs: number;
  readonly accessLog?: AccessLog | undefined;
}

/** Compiles a WebSocket API. @throws {Error} for a route selection expression that is not emulated */
export function createWebSocketApi(
  definition: WebSocketApiDefinition,
  invoker: FunctionInvoker,
  options: WebSocketApiOptions,
): WebSocketApi {
  return new CompiledWebSocketApi(definition, invoker, options);
}

class CompiledWebSocketApi implements WebSocketApi {
  readonly definition: WebSocketApiDefinition;
  readonly #options: WebSocketApiOptions;
  readonly #routes: Routes;
  readonly #events: EventRenderer;
  readonly #renderLogLine: RenderContext<LoggedEvent>;
  readonly #handshakes: Handshakes;
  readonly #connections = new Map<string, Connection>();
  readonly #unread = new UnreadMessages();
  readonly #sweeper: NodeJS.Timeout;
  /** Events whose function runs. */
  #runningEvents = 0;
  #onIdle: (() => void) | undefined;

  constructor(definition: WebSocketApiDefinition, invoker: FunctionInvoker, options: WebSocketApiOptions) {
    this.definition = definition;
    this.#options = options;
    this.#routes = new Routes(definition, invoker);
    this.#events = createEventRenderer(definition);
    this.#renderLogLine = compileLogFormat(options.accessLog?.format ?? '');
    this.#handshakes = new Handshakes({
      decide: (req) => this.#connect(req),
      onOpen: (client, webSocket, socket) => this.#open(client, webSocket, socket),
      onGone: (client, closing) => void this.#disconnect(client, closing),
      onSettled: () => this.#checkIdle(),
    });
    this.#sweeper = setInterval(() => this.#sweep(Date.now()), SWEEP_INTERVAL_MS).unref();
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#handshakes.upgrade(req, socket, head);
  }

  findConnection(connectionId: string): Connection | undefined {
    const connection = this.#connections.get(connectionId);
    return connection?.isOpen === true ? connection : undefined;
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#handshakes.stop();
    const idle = Promise.withResolvers<void>();
    this.#onIdle = idle.resolve;
    for (const connection of this.#connections.values()) connection.close(GOING_AWAY);
    const timer = setTimeout(idle.resolve, STOP_GRACE_MS);
    this.#checkIdle();
    await idle.promise;
    clearTimeout(timer);
    for (const connection of this.#connections.values()) connection.terminate();
    this.#handshakes.terminate();
  }

  async #connect(req: IncomingMessage): Promise<Decision> {
    const now = Date.now();
    const client: Client = {
      connectionId: createId(),
      connectedAtEpochMs: now,
      sourceIp: req.socket.remoteAddress ?? '',
      userAgent: req.headers['user-agent'],
    };
    const event = createConnectionEvent(this.definition, client, { eventType: 'CONNECT', routeKey: CONNECT });
    const traceRoot = findTraceRoot(req) ?? createRequestIds(now).traceRoot;
    const outcome = await this.#run(event, () => this.#events.renderConnect(event, req, traceRoot));
    if ('error' in outcome) {
      const { statusCode, message, retryAfterSeconds } = outcome.error;
      return { statusCode, body: renderErrorMessage(message, event), retryAfterSeconds };
    }
    const { statusCode, headers } = outcome.answer;
    if (statusCode < 300) return { client, protocol: findHeader(headers, 'sec-websocket-protocol') };
    return { statusCode, body: renderErrorMessage(STATUS_CODES[statusCode] ?? '', event) };
  }

  #open(client: Client, webSocket: WebSocket, socket: Duplex): void {
    const connection = new Connection(client, webSocket, this.#unread);
    this.#connections.set(client.connectionId, connection);
    const limits = new IncomingLimits();
    // Before the package reads the same bytes, so that the code is the one set here.
    socket.prependListener('data', (chunk: Buffer) => {
      if (!connection.isOpen) return;
      connection.lastActiveAtEpochMs = Date.now();
      const excess = limits.check(chunk);
      if (excess !== undefined) connection.close(excess);
    });
    webSocket.on('message', (data: Buffer, isBinary) => {
      if (!connection.isOpen) return;
      if (isBinary) connection.close(NOT_A_TEXT);
      else void this.#receive(connection, data.toString());
    });
    webSocket.on('error', (error) => {
      connection.closing ??= describeSocketError(error);
    });
    webSocket.on('close', (code, reason) => {
      this.#connections.delete(client.connectionId);
      this.#unread.forget(webSocket);
      limits.release();
      void this.#disconnect(client, connection.closing ?? describeClose(code, reason.toString()));
    });
  }

  async #receive(connection: Connection, body: string): Promise<void> {
    const routeKey = this.#routes.selectRouteKey(body);
    const event = createConnectionEvent(this.definition, connection.client, { eventType: 'MESSAGE', routeKey });
    const outcome = await this.#run(event, () => this.#events.renderMessage(event, body));
    if ('error' in outcome) connection.send(renderErrorMessage(outcome.error.message, event));
    else if (this.#routes.hasResponse(routeKey)) connection.send(outcome.answer.body);
  }

  async #disconnect(client: Client, closing: Closing): Promise<void> {
    const what = { eventType: 'DISCONNECT', routeKey: DISCONNECT, closing } as const;
    const event = createConnectionEvent(this.definition, client, what);
    await this.#run(event, () => this.#events.renderDisconnect(event));
  }

  async #run(event: ConnectionEvent, render: () => string): Promise<ProxyOutcome> {
    this.#runningEvents += 1;
    const outcome = await this.#routes.invoke(event, render);
    const { statusCode } = 'error' in outcome ? outcome.error : outcome.answer;
    this.#options.accessLog?.write(this.#renderLogLine({ event, statusCode }));
    this.#runningEvents -= 1;
    this.#checkIdle();
    return outcome;
  }

  /** One timer for all connections, as thousands would take memory. */
  #sweep(now: number): void {
    const { idleMs, lifetimeMs } = this.#options;
    for (const connection of this.#connections.values()) {
      const { lastActiveAtEpochMs, client } = connection;
      const isOver = now - lastActiveAtEpochMs >= idleMs || now - client.connectedAtEpochMs >= lifetimeMs;
      if (connection.closingForMs(now) >= CLOSE_LIMIT_MS) connection.terminate();
      else if (isOver) connection.close(GOING_AWAY);
    }
  }

  #checkIdle(): void {
    const underWay = this.#runningEvents + this.#connections.size + this.#handshakes.waitingCount;
    if (underWay === 0) this.#onIdle?.();
  }
}

/** @param headers name, value, name, value... */
function findHeader(headers: readonly string[], name: string): string | undefined {
  const index = headers.findIndex((each, position) => position % 2 === 0 && each.toLowerCase() === name);
  return index === -1 ? undefined : headers[index + 1];
}
