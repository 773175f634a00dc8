/** A client's end of a socket to one of the probe app's WebSocket APIs; it keeps the texts that come. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Engine } from '../conformance-case.ts';

/** What the probe function is told to do with an event; see probe-app/functions/note-socket-events.mjs. */
export interface Told {
  /** Notes the event under this name, not under the connection's id. */
  readonly noteAs?: string;
  /** Waits before it notes the event. */
  readonly delayMs?: number;
  /** Waits after it has noted the event. */
  readonly holdMs?: number;
  /** Throws an error with this message. */
  readonly error?: string;
  readonly answer?: unknown;
}

export interface Opening {
  readonly api?: 'SocketApi' | 'BareSocketApi';
  /** Query string with its question mark, sent as it is. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[];
  readonly told?: Told;
}

/** Longer than anything takes that is to come, also on a slow machine. */
const COMES_WITHIN_MS = 10_000;
/** How long a socket stays open that nobody closes. */
const STAYS_OPEN_MS = 3000;

/** The handshake was answered by something else than a connection. */
export class RefusedHandshake extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`the handshake was answered with ${status}: ${body}`);
    this.status = status;
  }
}

export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #texts: string[] = [];
  #closeCode: number | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#texts.push(typeof data === 'string' ? data : '<binary>');
    });
    socket.on('close', (code) => (this.#closeCode = code));
  }

  /** @throws RefusedHandshake */
  static async open({ endpoint, outputs }: Engine, opening: Opening = {}): Promise<ClientSocket> {
    const { api = 'SocketApi', query = '', headers, protocols = [], told = {} } = opening;
    const url = `${endpoint.replace('http', 'ws')}/_aws/execute-api/${outputs[`${api}Path`]}${query}`;
    const socket = new WebSocket(url, [...protocols], {
      headers: { 'User-Agent': 'probe/1', 'X-Probe': JSON.stringify(told), ...headers },
      // Frames are as large as the cases make them.
      perMessageDeflate: false,
    });
    const client = new ClientSocket(socket);
    await Promise.race([once(socket, 'open'), throwIfRefused(socket)]);
    return client;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  send(data: string | Buffer): void {
    this.#socket.send(data);
  }

  /** Sends one message in several frames. */
  sendFrames(frames: readonly string[]): void {
    for (const [index, frame] of frames.entries()) this.#socket.send(frame, { fin: index === frames.length - 1 });
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** Ends the connection below the socket, without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  /** The texts that have come; waits until there are so many, or nothing comes for long. */
  async receive(count: number): Promise<readonly string[]> {
    await waitUntil(() => this.#texts.length >= count, COMES_WITHIN_MS);
    return this.#texts;
  }

  /** The texts that come without being waited for in particular. */
  async receiveAny(): Promise<readonly string[]> {
    await waitUntil(() => this.#closeCode !== undefined, STAYS_OPEN_MS);
    return this.#texts;
  }

  /** The code with which the other end closes the socket; undefined if it stays open. */
  async findCloseCode(): Promise<number | undefined> {
    await waitUntil(() => this.#closeCode !== undefined, STAYS_OPEN_MS);
    return this.#closeCode;
  }
}

async function throwIfRefused(socket: WebSocket): Promise<never> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>();
  socket.once('unexpected-response', (_request, response) => resolve(response));
  const response = await promise;
  throw new RefusedHandshake(response.statusCode ?? 0, await text(response));
}

async function waitUntil(isSo: () => boolean, limitMs: number): Promise<void> {
  const endAt = Date.now() + limitMs;
  while (!isSo() && Date.now() < endAt) await delay(20);
}
