/** A server that answers each request as it is told to, and keeps what it was sent. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenLocally, type LocalServer } from '../../tests/support/local-server.ts';

/** One answer; or a connection that is cut, before the answer or in its middle; or none, for as long as the client waits. */
export type Step =
  | { readonly status: number; readonly body?: object; readonly headers?: Record<string, string> }
  | 'cut'
  | 'cut in the middle'
  | 'silence';

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export class ScriptedServer {
  readonly received: ReceivedRequest[] = [];
  readonly #steps: Step[] = [];
  readonly #server: LocalServer;

  private constructor(server: LocalServer) {
    this.#server = server;
  }

  static async start(): Promise<ScriptedServer> {
    let scripted: ScriptedServer | undefined;
    const server = await listenLocally(createServer((request, response) => void scripted?.answer(request, response)));
    scripted = new ScriptedServer(server);
    return scripted;
  }

  get url(): string {
    return this.#server.url;
  }

  /** What the next requests get, one after another. */
  script(...steps: readonly Step[]): void {
    this.#steps.splice(0, this.#steps.length, ...steps);
    this.received.length = 0;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    this.received.push({ method, url, headers, body: await text(request) });
    const step = this.#steps.shift() ?? { status: 500, body: { message: 'nothing is left of the script' } };
    if (step === 'silence') return;
    if (step === 'cut') {
      request.socket.destroy();
    } else if (step === 'cut in the middle') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"chats":', () => request.socket.destroy());
    } else {
      response.writeHead(step.status, { 'Content-Type': 'application/json', ...step.headers });
      response.end(step.body === undefined ? undefined : JSON.stringify(step.body));
    }
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
