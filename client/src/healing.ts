/** Fetches what did not come by the socket: all that has changed since a cursor, or the messages that a chat lacks. */
import type { Chats } from './chats.ts';
import { MessengerError } from './errors.ts';
import type { LiveHandlers } from './live-events.ts';
import type { LiveSession } from './live-session.ts';
import type { ChangedChat, Chat } from './messenger-paths.ts';
import { type BackOff, jitter, wait } from './wait.ts';

/** Up to where an application has been told everything: what is to be kept to go on from there. It can be written as JSON. */
export interface LivePosition {
  readonly cursor: string;
  /** By chat, the number of the last message given. */
  readonly chats: Readonly<Record<string, number>>;
}

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
const PAGE = 1_000;
const BACK_OFF: BackOff = { firstMs: 500, longestMs: 30_000 };

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export class Healing {
  readonly #options: HealingOptions;
  #cursor: string | undefined;
  #isSyncWanted = false;
  #isWorking = false;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  /** Who waits for a sync that begins after they came. */
  #waiting: Waiting[] = [];
  /** Of several that there may be, the one under way. */
  #attempt = new AbortController();

  constructor(options: HealingOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Fetches what has changed since the position; or notes where each chat stands. @throws as a call of the API does */
  async begin(position: LivePosition | undefined): Promise<void> {
    this.#cursor = position?.cursor;
    for (const [chatId, given] of Object.entries(position?.chats ?? {})) this.#options.chats.open(chatId, given);
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
      } catch {
        // Whatever it was, there is nobody to tell, and nothing is lost by trying again.
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
    const gaps = chats.withGaps;
    for (const chatId of gaps) await this.#fetchMessages(chatId, signal);
    if (gaps.some((chatId) => chats.hasGap(chatId))) throw new Error('messages that there are were not listed');
  }

  async #sync(signal: AbortSignal): Promise<void> {
    // Before the request: what happens while it is under way may not be in its answer.
    this.#isSyncWanted = false;
    const waiting = this.#waiting.splice(0);
    try {
      if (this.#cursor === undefined) await this.#beginAnew(signal);
      else await this.#goOn(this.#cursor, signal);
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      this.#isSyncWanted = true;
      this.#waiting.push(...waiting);
      throw error;
    }
  }

  async #goOn(cursor: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#readPages(cursor, signal);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await this.#beginAnew(signal);
      this.#options.tell.stale();
    }
  }

  async #readPages(cursor: string, signal: AbortSignal): Promise<void> {
    const { session } = this.#options;
    let since = cursor;
    for (let more = true; more;) {
      const page = await session.call((api) =>
        api.get('/v1/sync', { params: { query: { since, limit: PAGE } }, signal }),
      );
      for (const chat of page.chats) this.#take(chat, page.more);
      for (const chatId of page.left) this.#leave(chatId);
      this.#cursor = since = page.cursor;
      ({ more } = page);
    }
  }

  #take(chat: ChangedChat, hasMore: boolean): void {
    const { chats, tell } = this.#options;
    const { chat_id, messages, edits, marks, seq } = chat;
    if (!chats.has(chat_id)) {
      const [first] = messages;
      // The page had no room for its first message: it comes with the next one.
      if (first === undefined && hasMore) return;
      this.#join(chat, first === undefined ? seq : first.seq - 1, seq);
    }
    for (const message of [...messages, ...edits]) chats.take({ ...message, chat_id });
    for (const { user_id, read_seq } of marks) if (read_seq > 0) tell.read({ chat_id, user_id, seq: read_seq });
    if (!hasMore) chats.learn(chat_id, seq);
  }

  #join({ chat_id, chat_name, kind, unread_count, read_seq }: Chat, given: number, seq: number): void {
    this.#options.chats.open(chat_id, given);
    this.#options.tell.joined({ chat_id, chat_name, kind, unread_count, read_seq, seq });
  }

  #leave(chatId: string): void {
    const { chats, tell } = this.#options;
    if (chats.forget(chatId)) tell.left(chatId);
  }

  /** Takes a cursor that stands for now, and then finds out how far each chat is. */
  async #beginAnew(signal: AbortSignal): Promise<void> {
    const { session, chats } = this.#options;
    const isFirst = this.#cursor === undefined;
    const unlisted = new Set(chats.positions.keys());
    const { cursor } = await session.call((api) => api.get('/v1/sync', { signal }));
    for (let before: string | undefined, isLast = false; !isLast;) {
      const query = { limit: PAGE, ...(before !== undefined && { before }) };
      const page = await session.call((api) => api.get('/v1/chats', { params: { query }, signal }));
      for (const chat of page.chats) {
        const seq = chat.last_message?.seq ?? 0;
        unlisted.delete(chat.chat_id);
        if (chats.has(chat.chat_id)) chats.learn(chat.chat_id, seq);
        else if (isFirst) chats.open(chat.chat_id, seq);
        else this.#join(chat, seq, seq);
      }
      before = page.next?.iterator;
      isLast = before === undefined;
    }
    // It may have moved from one page to another while they were read.
    for (const chatId of unlisted) await this.#fetchMessages(chatId, signal);
    this.#cursor = cursor;
  }

  /** All of a chat's messages that have not been given. */
  async #fetchMessages(chatId: string, signal: AbortSignal): Promise<void> {
    const { session, chats } = this.#options;
    try {
      for (let after = chats.positions.get(chatId); after !== undefined;) {
        const params = { path: { chat_id: chatId }, query: { after, limit: PAGE } };
        const page = await session.call((api) => api.get('/v1/chats/{chat_id}/messages', { params, signal }));
        for (const message of page.messages) chats.take({ ...message, chat_id: chatId });
        after = page.next === undefined ? undefined : page.messages.at(-1)?.seq;
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.#leave(chatId);
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof MessengerError && error.status === 404;
}
