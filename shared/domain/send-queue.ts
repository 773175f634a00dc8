/** The sends of one execution environment to one chat that wait to be written, in the order in which they came. */
import { type Head, LIMITS } from './chat-head.ts';
import type { NumberedMessage } from './chat-head.ts';
import { type ChunkMessage, messageBytes } from './chunk.ts';
import { type HeadMovedError, StoreUnavailableError } from './errors.ts';

/** The message that a send has stored, or had stored when its key was first used. */
export interface SentMessage {
  readonly seq: number;
  /** The chat's last messages at that moment, ten at most, oldest first; the last one is the message itself. */
  readonly lastMessages: readonly NumberedMessage[];
  /** Whether an earlier send with the same key had stored it. */
  readonly isRepeat: boolean;
  /** Those whom the head counted when it was stored: in a chat of members, all of them. */
  readonly members: Head['sent'];
}

export interface WaitingSend {
  readonly message: ChunkMessage;
  readonly resolve: (sent: SentMessage) => void;
  readonly reject: (error: unknown) => void;
  /** When it is too late to store the message: its client has got its 503 by then. */
  readonly expiresAt: number;
  /** How often it was refused. */
  refusals: number;
}

/** How long a send may wait, below the time-out of the functions that send. */
const SEND_LIFETIME_MS = 20_000;
/** How often a refused send is tried under a newer head. */
export const MAX_REFUSALS = 100;

export class SendQueue {
  readonly #now: () => number;
  /** As many as the environment has requests (Lambda sets the limit), and those whose requests have timed out since. */
  #waiting: WaitingSend[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Waits at the end; settles as whoever takes the send settles it. */
  add(message: ChunkMessage): Promise<SentMessage> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject, expiresAt: this.#now() + SEND_LIFETIME_MS, refusals: 0 });
    });
  }

  /** The longest-waiting sends that fit one write. A key is taken once: a second send with it waits for the first. */
  takeBatch(): WaitingSend[] {
    this.#rejectExpired();
    const batch: WaitingSend[] = [];
    const keys = new Set<string>();
    let bytes = 0;
    let index = 0;
    const left: WaitingSend[] = [];
    for (; index < this.#waiting.length && batch.length < LIMITS.batchMessages; index++) {
      const send = this.#waiting[index]!;
      const { keyHash } = send.message;
      if (keyHash !== undefined && keys.has(keyHash)) {
        left.push(send);
        continue;
      }
      bytes += messageBytes(send.message);
      if (bytes > LIMITS.chunkBytes && batch.length > 0) break;
      if (keyHash !== undefined) keys.add(keyHash);
      batch.push(send);
    }
    this.#waiting = [...left, ...this.#waiting.slice(index)];
    return batch;
  }

  /**
   * Puts refused sends back in front; those that were refused too often are rejected.
   * @returns how often the one with the most refusals was refused
   */
  putBack(sends: readonly WaitingSend[], refusal: HeadMovedError): number {
    for (const send of sends) if (++send.refusals === MAX_REFUSALS) send.reject(tooBusy(MAX_REFUSALS, refusal));
    this.#waiting = [...sends.filter(({ refusals }) => refusals < MAX_REFUSALS), ...this.#waiting];
    return Math.max(...sends.map(({ refusals }) => refusals));
  }

  #rejectExpired(): void {
    const now = this.#now();
    for (const { expiresAt, reject } of this.#waiting)
      if (expiresAt < now) reject(new StoreUnavailableError('the send has waited too long; it is not stored'));
    this.#waiting = this.#waiting.filter(({ expiresAt }) => expiresAt >= now);
  }
}

export function tooBusy(refusals: number, refusal: HeadMovedError): StoreUnavailableError {
  return new StoreUnavailableError(`the chat was too busy: refused ${refusals} times`, { cause: refusal });
}
