/**
 * Reads a chat's messages under their edits. The head comes first: what it holds is read off it, the rest is history, which
 * changes only with the head's revision, and can be cached under it.
 */
import { firstSeq, type Head, numberTail } from './chat-head.ts';
import { numberRun } from './chat-history.ts';
import type { ChatStore } from './chat-store.ts';
import type { MessageCache } from './message-cache.ts';
import { applyEdits, type Edit, hasEdits, type ListedMessage } from './message-edits.ts';

/** History is cached in blocks of so many messages, so that pages of any bounds meet the same entries. */
const BLOCK_MESSAGES = 100;

interface Range {
  readonly from: number;
  readonly to: number;
}

export class ChatReader {
  readonly #store: ChatStore;
  readonly #cache: MessageCache | undefined;

  constructor(store: ChatStore, cache?: MessageCache) {
    this.#store = store;
    this.#cache = cache;
  }

  /**
   * Messages `from`..`to` of those that the chat has, oldest first.
   * @param head read by the caller, who has checked that its reader is a member
   */
  async read(chatId: string, head: Head, from: number, to: number): Promise<readonly ListedMessage[]> {
    const archivedTo = Math.min(to, firstSeq(head) - 1);
    const [archived, kept] = await Promise.all([
      this.#readHistory(chatId, head, { from: Math.max(1, from), to: archivedTo }),
      this.#readTail(chatId, head, { from: Math.max(from, archivedTo + 1), to: Math.min(to, head.seq) }),
    ]);
    return [...archived, ...kept];
  }

  async #readTail(chatId: string, head: Head, range: Range): Promise<readonly ListedMessage[]> {
    if (range.from > range.to) return [];
    const messages = numberTail(head, range.from).filter(({ seq }) => seq <= range.to);
    return applyEdits(messages, await this.#readEdits(chatId, head, range));
  }

  async #readHistory(chatId: string, head: Head, { from, to }: Range): Promise<readonly ListedMessage[]> {
    if (this.#cache === undefined) return from > to ? [] : this.#readStored(chatId, head, { from, to });
    const blocks: Range[] = [];
    for (let first = from - ((from - 1) % BLOCK_MESSAGES); first <= to; first += BLOCK_MESSAGES)
      blocks.push({ from: first, to: first + BLOCK_MESSAGES - 1 });
    const messages = await Promise.all(blocks.map((block) => this.#readBlock(chatId, head, block)));
    return messages.flat().filter(({ seq }) => from <= seq && seq <= to);
  }

  async #readBlock(chatId: string, head: Head, block: Range): Promise<readonly ListedMessage[]> {
    const archived = { from: block.from, to: Math.min(block.to, firstSeq(head) - 1) };
    // The newest block still grows.
    const cache = archived.to === block.to ? this.#cache : undefined;
    const key = `${chatId}/${block.from}-${block.to}/${head.membership?.revision ?? 0}`;
    const cached = await cache?.get(key);
    if (cached !== undefined) return JSON.parse(cached);
    const messages = await this.#readStored(chatId, head, archived);
    await cache?.set(key, JSON.stringify(messages));
    return messages;
  }

  async #readStored(chatId: string, head: Head, range: Range): Promise<readonly ListedMessage[]> {
    const [runs, edits] = await Promise.all([
      this.#store.readRuns(chatId, range.from, range.to),
      this.#readEdits(chatId, head, range),
    ]);
    const messages = runs.flatMap(numberRun).filter(({ seq }) => range.from <= seq && seq <= range.to);
    return applyEdits(messages, edits);
  }

  async #readEdits(chatId: string, head: Head, { from, to }: Range): Promise<ReadonlyMap<number, Edit>> {
    return hasEdits(head) ? this.#store.readEdits(chatId, from, to) : new Map();
  }
}
