/** In which chats the application says it is present: repeated, because it holds for a minute each time. */
import type { PresenceStatus } from './live-frames.ts';

/** A repeat may be lost, and the one after it still comes in time. */
const REPEAT_MS = 25_000;

export class OwnPresence {
  readonly #send: (chatId: string, status: PresenceStatus) => void;
  readonly #statuses = new Map<string, PresenceStatus>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param send does nothing while no socket is open */
  constructor(send: (chatId: string, status: PresenceStatus) => void) {
    this.#send = send;
  }

  set(chatId: string, status: PresenceStatus): void {
    if (status === 'offline') this.#statuses.delete(chatId);
    else this.#statuses.set(chatId, status);
    this.#send(chatId, status);
    if (this.#statuses.size === 0) this.#stop();
    else this.#timer ??= setInterval(() => this.repeat(), REPEAT_MS);
  }

  /** To be called as well when a socket has been opened. */
  repeat(): void {
    for (const [chatId, status] of this.#statuses) this.#send(chatId, status);
  }

  /** Says goodbye to all chats. */
  end(): void {
    for (const chatId of this.#statuses.keys()) this.#send(chatId, 'offline');
    this.#statuses.clear();
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
