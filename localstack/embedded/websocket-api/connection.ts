/** One open connection. */
import type { WebSocket } from 'ws';
import type { Closing } from './close-codes.ts';
import type { Client } from './connection-event.ts';
import { FRAME_LIMIT_BYTES } from './incoming-limits.ts';
import type { UnreadMessages } from './unread-messages.ts';

const LAST_FRAME = { binary: false, fin: true };
const OTHER_FRAME = { binary: false, fin: false };

export class Connection {
  readonly client: Client;
  readonly #socket: WebSocket;
  readonly #unread: UnreadMessages;
  /** When something was last sent in either direction. */
  lastActiveAtEpochMs: number;
  /** Set when it is closed from here. */
  closing: Closing | undefined;
  /** When the client was asked to close. */
  #closingSinceEpochMs: number | undefined;

  constructor(client: Client, socket: WebSocket, unread: UnreadMessages) {
    this.client = client;
    this.#socket = socket;
    this.#unread = unread;
    this.lastActiveAtEpochMs = client.connectedAtEpochMs;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends a text, which may be UTF-8 already. @returns whether it is on its way */
  send(text: string | Buffer): boolean {
    if (!this.isOpen) return false;
    this.lastActiveAtEpochMs = Date.now();
    this.#sendFrames(typeof text === 'string' ? Buffer.from(text) : text);
    this.#unread.count(this.#socket);
    return this.isOpen;
  }

  /** Asks the client to close, and cuts it off if it does not. */
  close(closing: Closing): void {
    this.closing ??= closing;
    this.#closingSinceEpochMs ??= Date.now();
    this.#socket.close(closing.code, closing.reason);
  }

  /** How long the client has been asked to close. */
  closingForMs(nowEpochMs: number): number {
    return nowEpochMs - (this.#closingSinceEpochMs ?? nowEpochMs);
  }

  /** Cuts the client off. */
  terminate(): void {
    this.#socket.terminate();
  }

  #sendFrames(utf8: Buffer): void {
    let start = 0;
    while (utf8.length - start > FRAME_LIMIT_BYTES) {
      this.#socket.send(utf8.subarray(start, start + FRAME_LIMIT_BYTES), OTHER_FRAME);
      start += FRAME_LIMIT_BYTES;
    }
    this.#socket.send(utf8.subarray(start), LAST_FRAME);
  }
}
