/** Decides when to fetch what did not come by the socket, and goes on until it is there. */
import { CatchUp, type LivePosition } from './catch-up.ts';
import type { Chats } from './chats.ts';
import type { LiveHandlers } from './live-events.ts';
import type { LiveSession } from './live-session.ts';
import { type BackOff, jitter, wait } from './wait.ts';

export interface HealingOptions {
  readonly session: LiveSession;
  readonly chats: Chats;
  readonly tell: Required<LiveHandlers>;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Frames overtake each other: what is missing for this long is fetched. */
const GAP_WAIT_MS = 300;
/** With more gaps than this at once, everything is asked for together. */
const MAX_SINGLE_GAPS = 3;
const BACK_OFF: BackOff = { firstMs: 500, longestMs: 30_000 };

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export class Healing {
  readonly #options: HealingOptions;
  readonly #catchUp: CatchUp;
  #isSyncWanted = false;
  #isWorking = false;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  /** Who waits for a sync that begins after they came. */
  #waiting: Waiting[] = [];
  /** Of several that there may be, the one under way. */
  #attempt = new AbortController();

  constructor(options: HealingOptions) {
    this.#options = options;
    this.#catchUp = new CatchUp(options);
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  get cursor(): string | undefined {
    return this.#catchUp.cursor;
  }

  /** Fetches what has changed since the position; or notes where each chat stands. @throws as a call of the API does */
  async begin(position: LivePosition | undefined): Promise<void> {
    if (position !== undefined) this.#catchUp.goOnFrom(position);
    await this.#sync(this.#options.signal);
  }

  /** Fetches all that has changed since the last time, as often as it takes. */
  wantSync(): void {
    this.#isSyncWanted = true;
    void this.#work();
  }

  /** The same, without waiting for the end of an attempt, or of the time between two: the network is there again. */
  syncAtOnce(): void {
    this.#attempt.abort();
    this.wantSync();
  }

  /** Resolves once everything has been told that had happened before this call. @throws the signal's reason */
  async sync(): Promise<void> {
    const { signal } = this.#options;
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.wantSync();
    });
  }

  /** Something about a chat has come: what it shows to be missing is fetched in a while, if it has not come by then. */
  check(chatId: string): void {
    const { chats } = this.#options;
    if (!chats.has(chatId)) this.wantSync();
    else if (chats.hasGap(chatId)) this.#gapTimer ??= setTimeout(() => this.#checkGaps(), GAP_WAIT_MS);
  }

  #end(): void {
    clearTimeout(this.#gapTimer);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#options.signal.reason);
  }

  #checkGaps(): void {
    this.#gapTimer = undefined;
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let failures = 0; this.#hasWork();) {
      this.#attempt = new AbortController();
      const signal = AbortSignal.any([this.#attempt.signal, this.#options.signal]);
      try {
        await this.#fetchMissing(signal);
        failures = 0;
        // What frames have shown meanwhile to be missing may still come.
        if (!this.#isSyncWanted && this.#hasWork()) await wait(GAP_WAIT_MS, signal);
      } catch (error) {
        // Whatever it was, nothing is lost by trying again.
        if (!signal.aborted) this.#options.tell.error(error);
        await wait(jitter(++failures, BACK_OFF), signal).catch(() => undefined);
      }
    }
    this.#isWorking = false;
    // One that was under way has put them back.
    if (this.#options.signal.aborted) this.#end();
  }

  #hasWork(): boolean {
    const { signal, chats } = this.#options;
    return !signal.aborted && (this.#isSyncWanted || chats.withGaps.length > 0);
  }

  async #fetchMissing(signal: AbortSignal): Promise<void> {
    const { chats } = this.#options;
    if (this.#isSyncWanted || chats.withGaps.length > MAX_SINGLE_GAPS) await this.#sync(signal);
    await this.#catchUp.fillGaps(chats.withGaps, signal);
  }

  async #sync(signal: AbortSignal): Promise<void> {
    // Before the request: what happens while it is under way may not be in its answer.
    this.#isSyncWanted = false;
    const waiting = this.#waiting.splice(0);
    try {
      await this.#catchUp.readChanges(signal);
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      this.#isSyncWanted = true;
      this.#waiting.push(...waiting);
      throw error;
    }
  }
}
