/** Reads what did not come by the socket: all that has changed since a cursor, or the messages that chats lack. */
import type { ApiCalls } from './api-calls.ts';
import type { Chats } from './chats.ts';
import { MessengerError } from './errors.ts';
import type { LiveHandlers } from './live-events.ts';
import type { LiveSession } from './live-session.ts';
import type { ChangedChat, Chat, MessengerPaths } from './messenger-paths.ts';
import { type BackOff, jitter, wait } from './wait.ts';

/**
 * Up to where an application has been told everything: what is to be kept to go on from there. It can be written as JSON.
 * The cursor is good for 30 days, or for a day once a later one was used. With one that is older all messages are still
 * given, but `stale` is told instead of what has changed otherwise.
 */
export interface LivePosition {
  readonly cursor: string;
  /** By chat, the number of the last message given: as far as the cursor goes, or farther. */
  readonly chats: Readonly<Record<string, number>>;
}

export interface CatchUpOptions {
  readonly session: LiveSession;
  readonly chats: Chats;
  readonly tell: Required<LiveHandlers>;
}

/** As many as the API lists at once. */
const PAGE = 1_000;
/** Of a page that is to be smaller. Its sizes are tried within seconds, for `connect` waits for the last one. */
const BACK_OFF: BackOff = { firstMs: 200, longestMs: 2_000 };

export class CatchUp {
  readonly #options: CatchUpOptions;
  #cursor: string | undefined;
  /** Messages that a page may hold. */
  #limit = PAGE;
  /**
   * Chats that were told as joined, by id with their newest number. The page had no message of theirs and was not the last
   * one, so that it is not known yet whether there are any to be given.
   */
  readonly #unplaced = new Map<string, number>();

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  /** Stands for all that has been told, together with the positions of the chats. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** To be called before all else, if there is a position. */
  goOnFrom({ cursor, chats }: LivePosition): void {
    this.#cursor = cursor;
    for (const [chatId, given] of Object.entries(chats)) this.#options.chats.open(chatId, given);
  }

  /** Tells all that has changed since the cursor; without one, notes where each chat stands. @throws as a call of the API does */
  async readChanges(signal: AbortSignal): Promise<void> {
    if (this.#cursor === undefined) {
      await this.#beginAnew(signal);
      return;
    }
    try {
      await this.#readPages(this.#cursor, signal);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await this.#beginAnew(signal);
      this.#options.tell.stale();
    }
  }

  /** Gives all messages that these chats lack. @throws as a call of the API does; Error if they are not listed */
  async fillGaps(chatIds: readonly string[], signal: AbortSignal): Promise<void> {
    const { chats } = this.#options;
    for (const chatId of chatIds) {
      const newest = chats.newest(chatId);
      await this.#readMessages(chatId, signal);
      if (chats.lacks(chatId, newest)) throw new Error(`messages up to ${newest} of chat ${chatId} were not listed`);
    }
  }

  async #readPages(cursor: string, signal: AbortSignal): Promise<void> {
    const { chats } = this.#options;
    let since = cursor;
    for (let more = true; more;) {
      const page = await this.#readPage(signal, (api, limit) =>
        api.get('/v1/sync', { params: { query: { since, limit } }, signal }),
      );
      for (const chat of page.chats) this.#take(chat, page.more);
      for (const chatId of page.left) this.#leave(chatId);
      this.#cursor = since = page.cursor;
      ({ more } = page);
    }
    for (const [chatId, seq] of this.#unplaced) chats.open(chatId, seq);
    this.#unplaced.clear();
  }

  #take(chat: ChangedChat, hasMore: boolean): void {
    const { chats, tell } = this.#options;
    const { chat_id, messages, edits, marks, seq } = chat;
    if (!chats.has(chat_id)) {
      this.#tellJoined(chat, seq);
      const [first] = messages;
      if (first === undefined && hasMore) {
        this.#unplaced.set(chat_id, seq);
        return;
      }
      this.#place(chat_id, first === undefined ? seq : first.seq - 1);
    }
    for (const message of [...messages, ...edits]) chats.take({ ...message, chat_id });
    for (const { user_id, read_seq } of marks) if (read_seq > 0) tell.read({ chat_id, user_id, seq: read_seq });
    if (!hasMore) chats.learn(chat_id, seq);
  }

  #tellJoined({ chat_id, chat_name, kind, unread_count, read_seq }: Chat, seq: number): void {
    if (!this.#unplaced.has(chat_id))
      this.#options.tell.joined({ chat_id, chat_name, kind, unread_count, read_seq, seq });
  }

  #place(chatId: string, given: number): void {
    this.#unplaced.delete(chatId);
    this.#options.chats.open(chatId, given);
  }

  #leave(chatId: string): void {
    const { chats, tell } = this.#options;
    if (this.#unplaced.delete(chatId) || chats.forget(chatId)) tell.left(chatId);
  }

  /**
   * Takes a cursor that stands for now, and then finds out how far each chat is: what happens in between comes twice, and
   * not never. It is the cursor only when all that was there before it has been given: the feed will not tell of that.
   */
  async #beginAnew(signal: AbortSignal): Promise<void> {
    const { session, chats } = this.#options;
    const isFirst = this.#cursor === undefined;
    const unlisted = new Set(chats.positions.keys());
    const { cursor } = await session.call((api) => api.get('/v1/sync', { signal }));
    for (let before: string | undefined, isLast = false; !isLast;) {
      const page = await this.#readPage(signal, (api, limit) => {
        const query = { limit, ...(before !== undefined && { before }) };
        return api.get('/v1/chats', { params: { query }, signal });
      });
      for (const chat of page.chats) {
        unlisted.delete(chat.chat_id);
        this.#takeListed(chat, isFirst);
      }
      before = page.next?.iterator;
      isLast = before === undefined;
    }
    // One that is not listed was left, or has moved from one page to another while they were read.
    await this.fillGaps([...unlisted, ...chats.withGaps], signal);
    for (const chatId of this.#unplaced.keys()) this.#leave(chatId);
    this.#cursor = cursor;
  }

  /** @param isFirst whether all that is there was there before the connection */
  #takeListed(chat: Chat, isFirst: boolean): void {
    const { chats } = this.#options;
    const seq = chat.last_message?.seq ?? 0;
    if (isFirst) {
      chats.open(chat.chat_id, seq);
      return;
    }
    if (!chats.has(chat.chat_id)) {
      this.#tellJoined(chat, seq);
      // Whatever was there when the user joined counts as read.
      this.#place(chat.chat_id, chat.read_seq);
    }
    chats.learn(chat.chat_id, seq);
  }

  /** Of one chat, all messages that have not been given. */
  async #readMessages(chatId: string, signal: AbortSignal): Promise<void> {
    const { chats } = this.#options;
    try {
      for (let after = chats.positions.get(chatId); after !== undefined;) {
        const place = after;
        const page = await this.#readPage(signal, (api, limit) => {
          const params = { path: { chat_id: chatId }, query: { after: place, limit } };
          return api.get('/v1/chats/{chat_id}/messages', { params, signal });
        });
        for (const message of page.messages) chats.take({ ...message, chat_id: chatId });
        after = page.next === undefined ? undefined : page.messages.at(-1)?.seq;
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.#leave(chatId);
    }
  }

  /**
   * A page that the server cannot answer may be too large for it: half as much is asked for, down to one message, and
   * twice as much again after each answer.
   * @throws what the smallest page throws; whatever else is no answer 5xx
   */
  async #readPage<Page>(
    signal: AbortSignal,
    ask: (api: ApiCalls<MessengerPaths>, limit: number) => Promise<Page>,
  ): Promise<Page> {
    const { session, tell } = this.#options;
    for (let failures = 0; ;) {
      const limit = this.#limit;
      try {
        const page = await session.call((api) => ask(api, limit));
        this.#limit = Math.min(PAGE, 2 * limit);
        return page;
      } catch (error) {
        if (limit === 1 || !isServerError(error)) throw error;
        this.#limit = limit >> 1;
        tell.error(error);
        await wait(jitter(++failures, BACK_OFF), signal);
      }
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof MessengerError && error.status === 404;
}

function isServerError(error: unknown): boolean {
  return error instanceof MessengerError && error.status >= 500;
}
