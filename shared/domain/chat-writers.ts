/** The writers of the chats that an execution environment sends to: one for each, which puts concurrent sends together. */
import { LRUCache } from 'lru-cache';
import { ChatWriter, type ChatWriterOptions } from './chat-writer.ts';
import { requireMember } from './membership.ts';

/**
 * Each keeps the head of its chat, 300 KB at most, in a function of 512 MB. A writer that has fallen out goes on with what
 * it has begun. A second one for the same chat beside it is as one in another environment.
 */
const MAX_WRITERS = 500;

export class ChatWriters {
  readonly #options: ChatWriterOptions;
  readonly #writers = new LRUCache<string, ChatWriter>({ max: MAX_WRITERS });

  constructor(options: ChatWriterOptions) {
    this.#options = options;
  }

  /**
   * The writer of a chat, for a member of it. No stranger reaches one: what they wait for must not tell that somebody else
   * is writing to the chat, nor must they hold up the members.
   * @throws ChatNotFoundError, StoreUnavailableError
   */
  async findFor(member: string, chatId: string): Promise<ChatWriter> {
    const known = this.#writers.get(chatId);
    if (known?.admits(member) === true) return known;
    requireMember(await this.#options.store.readHead(chatId), member);
    const writer = this.#writers.get(chatId) ?? new ChatWriter(chatId, this.#options);
    this.#writers.set(chatId, writer);
    return writer;
  }
}
