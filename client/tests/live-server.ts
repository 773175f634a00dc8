/** A server whose sockets say what they are told to, and whose API answers what a test has put there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { listenLocally, type LocalServer } from '../../tests/support/local-server.ts';
import { ScriptedSocket } from './scripted-socket.ts';

/** What is answered to a request; a number is the status of an answer that is none; or nothing for as long as it waits. */
export type Answer = object | number | 'silence';

/** What becomes of a handshake: a socket, a refusal with a status, or nothing for as long as the client waits. */
export type Handshake = 'open' | number | 'silence';

export const NOTHING_NEW = { chats: [], left: [], cursor: 'cursor-0', more: false };

export class LiveServer {
  /** Paths with their queries, of requests and handshakes, as they came. */
  readonly requests: string[] = [];
  readonly #answers = new Map<string, Answer[]>();
  readonly #handshakes: Handshake[] = [];
  readonly #sockets: ScriptedSocket[] = [];
  readonly #waiting: ((socket: ScriptedSocket) => void)[] = [];
  readonly #unanswered: Duplex[] = [];
  readonly #webSockets = new WebSocketServer({ noServer: true });
  readonly #server: LocalServer;

  private constructor(server: LocalServer) {
    this.#server = server;
  }

  static async start(): Promise<LiveServer> {
    let live: LiveServer | undefined;
    const http = createServer((request, response) => live?.answer(request, response));
    http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      live?.upgrade(request, stream, head),
    );
    live = new LiveServer(await listenLocally(http));
    return live;
  }

  get url(): string {
    return this.#server.url;
  }

  /** What requests of this path get, one after another; the last one is kept for all that follow. */
  put(path: string, ...answers: readonly Answer[]): void {
    this.#answers.set(path, [...answers]);
  }

  /** What becomes of the next handshakes; of all others sockets. */
  handshakes(...outcomes: readonly Handshake[]): void {
    this.#handshakes.push(...outcomes);
  }

  /** The next socket that has been opened, or will be. */
  nextSocket(): Promise<ScriptedSocket> {
    const socket = this.#sockets.shift();
    if (socket !== undefined) return Promise.resolve(socket);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
    this.requests.push(url);
    const { pathname } = new URL(url, this.url);
    const answers = this.#answers.get(pathname) ?? [];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 500;
    if (answer === 'silence') return;
    const [status, body] = typeof answer === 'number' ? [answer, { message: 'scripted', detail: '' }] : [200, answer];
    response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '0' });
    response.end(JSON.stringify(body));
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.requests.push(request.url ?? '');
    const outcome = this.#handshakes.shift() ?? 'open';
    if (outcome === 'silence') {
      this.#unanswered.push(stream);
      return;
    }
    if (outcome !== 'open') {
      stream.end(`HTTP/1.1 ${outcome} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#webSockets.handleUpgrade(request, stream, head, (webSocket) => {
      const socket = new ScriptedSocket(webSocket);
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#sockets.push(socket);
      else waiting(socket);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#webSockets.clients) socket.terminate();
    for (const stream of this.#unanswered) stream.destroy();
    await this.#server.close();
  }
}
