/** A proxy between clients and the socket that drops, delays, doubles and cuts: which frame meets what, a seed says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { listenLocally, type LocalServer } from './local-server.ts';

/** Of a thousand frames, in both directions. */
const FAULTS_PER_MILLE = { drop: 80, double: 80, cut: 15 } as const;
const MAX_DELAY_MS = 60;

export class FaultySocketProxy {
  /** What is done to every frame and handshake; from then on nothing is, if it is false. */
  isFaulty = true;
  readonly #target: string;
  readonly #server: LocalServer;
  #state: number;

  private constructor(target: string, seed: number, server: LocalServer) {
    this.#target = target;
    this.#server = server;
    this.#state = seed;
  }

  static async start(socketUrl: string, seed: number): Promise<FaultySocketProxy> {
    const sockets = new WebSocketServer({ noServer: true });
    const server = createServer();
    const proxy = new FaultySocketProxy(socketUrl, seed, await listenLocally(server));
    server.on('upgrade', (request, socket, head) => {
      if (proxy.#draw() < FAULTS_PER_MILLE.cut) return void socket.destroy();
      sockets.handleUpgrade(request, socket, head, (client) => void proxy.#join(client, request.url ?? ''));
    });
    return proxy;
  }

  /** Where clients connect. */
  get url(): string {
    return this.#server.url.replace('http', 'ws');
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #join(client: WebSocket, url: string): Promise<void> {
    const early: string[] = [];
    const note = (data: Buffer): void => void early.push(data.toString());
    client.on('message', note);
    const server = new WebSocket(this.#target + url.slice(url.indexOf('?')));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => other.terminate());
    }
    await once(server, 'open').catch(() => client.terminate());
    client.off('message', note);
    for (const text of early) void this.#pass(text, server, client);
    client.on('message', (data: Buffer) => void this.#pass(data.toString(), server, client));
    server.on('message', (data: Buffer) => void this.#pass(data.toString(), client, server));
  }

  async #pass(text: string, to: WebSocket, from: WebSocket): Promise<void> {
    const { drop, double, cut } = FAULTS_PER_MILLE;
    const drawn = this.#draw();
    if (drawn < cut) {
      to.terminate();
      from.terminate();
    }
    if (drawn < cut + drop) return;
    const copies = drawn < cut + drop + double ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) void this.#send(text, to);
  }

  async #send(text: string, to: WebSocket): Promise<void> {
    await sleep((this.#draw() / 1_000) * MAX_DELAY_MS);
    if (to.readyState === WebSocket.OPEN) to.send(text);
  }

  /** 0 to 999, by a linear congruential generator (Numerical Recipes); 999 where there are no faults. */
  #draw(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.isFaulty ? Math.floor((this.#state / 2 ** 32) * 1_000) : 999;
  }
}
