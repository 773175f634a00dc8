/** Answers handshakes as the function of $connect decides, which they wait for. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { CUT_OFF, GOING_AWAY } from './close-codes.ts';
import type { Closing } from './close-codes.ts';
import type { Client } from './connection-event.ts';
import { MESSAGE_LIMIT_BYTES } from './incoming-limits.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

export type Decision = Acceptance | Refusal;

export interface Acceptance {
  readonly client: Client;
  /** The subprotocol, if the function names one. */
  readonly protocol: string | undefined;
}

export interface Refusal {
  readonly statusCode: number;
  /** JSON. */
  readonly body: string;
  readonly retryAfterSeconds?: number | undefined;
}

export interface HandshakeHandlers {
  /** Never rejects. */
  readonly decide: (req: IncomingMessage) => Promise<Decision>;
  readonly onOpen: (client: Client, webSocket: WebSocket, socket: Duplex) => void;
  /** A client was accepted, but has no connection. */
  readonly onGone: (client: Client, closing: Closing) => void;
  /** A handshake has been answered. */
  readonly onSettled: () => void;
}

type AnswerHandshake = (isAccepted: boolean, statusCode?: number, body?: string, headers?: OutgoingHttpHeaders) => void;

export class Handshakes {
  readonly #handlers: HandshakeHandlers;
  readonly #server: WebSocketServer;
  /** Those that wait for the decision. */
  readonly #waiting = new Set<Duplex>();
  /** Those between their acceptance and their connection. */
  readonly #accepted = new Map<IncomingMessage, Acceptance>();
  #isStopping = false;

  constructor(handlers: HandshakeHandlers) {
    this.#handlers = handlers;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: MESSAGE_LIMIT_BYTES,
      verifyClient: ({ req }, answer) => void this.#answer(req, answer),
      handleProtocols: (_offered, req) => this.#accepted.get(req)?.protocol ?? false,
    });
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#isStopping) {
      refuseUpgrade(socket, 503, 'The engine stops.');
      return;
    }
    this.#server.handleUpgrade(req, socket, head, (webSocket) => {
      const accepted = this.#accepted.get(req);
      this.#accepted.delete(req);
      if (accepted !== undefined) this.#handlers.onOpen(accepted.client, webSocket, socket);
    });
  }

  /** Refuses all from now on, also those that wait. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Cuts off those that still wait. */
  terminate(): void {
    for (const socket of this.#waiting) socket.destroy();
  }

  async #answer(req: IncomingMessage, answer: AnswerHandshake): Promise<void> {
    this.#waiting.add(req.socket);
    this.#carryOut(await this.#handlers.decide(req), req, answer);
    this.#waiting.delete(req.socket);
    this.#handlers.onSettled();
  }

  #carryOut(decision: Decision, req: IncomingMessage, answer: AnswerHandshake): void {
    if ('statusCode' in decision) {
      const { statusCode, body, retryAfterSeconds } = decision;
      const retryAfter = retryAfterSeconds !== undefined && { 'Retry-After': retryAfterSeconds };
      answer(false, statusCode, body, { 'Content-Type': 'application/json', ...retryAfter });
    } else if (this.#isStopping) {
      answer(false, 503);
      this.#handlers.onGone(decision.client, GOING_AWAY);
    } else {
      this.#accepted.set(req, decision);
      // Opens the connection before it returns, unless the client has gone.
      answer(true);
      const isGone = this.#accepted.delete(req);
      if (isGone) this.#handlers.onGone(decision.client, CUT_OFF);
    }
  }
}
