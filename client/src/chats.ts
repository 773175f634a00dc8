/** What is known of all chats: up to where their messages have been given, and what of them was changed last. */
import { ChatOrder } from './chat-order.ts';
import type { LiveHandlers, LiveMessage } from './live-events.ts';
import { versionOf } from './message-version.ts';

/** Messages that wait for their turn, in all chats: beyond that they are fetched again instead. */
const MAX_EARLY = 1_000;
/** Changed messages whose last change is remembered, so that an older one which comes late does not replace it. */
const MAX_CHANGED = 1_000;

export class Chats {
  readonly #tell: Pick<Required<LiveHandlers>, 'message' | 'edit' | 'delete'>;
  readonly #orders = new Map<string, ChatOrder>();
  /** Messages that wait for their turn, in all chats. */
  #early = 0;
  /** Versions by chat and number, the last changed at the end. */
  readonly #changed = new Map<string, string>();

  constructor(tell: Pick<Required<LiveHandlers>, 'message' | 'edit' | 'delete'>) {
    this.#tell = tell;
  }

  has(chatId: string): boolean {
    return this.#orders.has(chatId);
  }

  /** By chat, the number up to which its messages have been given. */
  get positions(): ReadonlyMap<string, number> {
    return new Map([...this.#orders].map(([chatId, { given }]) => [chatId, given]));
  }

  /** @param given the number up to which messages are the application's already */
  open(chatId: string, given: number): void {
    this.#orders.set(chatId, new ChatOrder(given));
  }

  /** @returns false if the chat was not known */
  forget(chatId: string): boolean {
    this.#early -= this.#orders.get(chatId)?.early ?? 0;
    return this.#orders.delete(chatId);
  }

  /** There are messages of the chat up to this number. */
  learn(chatId: string, seq: number): void {
    this.#orders.get(chatId)?.learn(seq);
  }

  /** Whether there are messages of the chat that have not come. */
  hasGap(chatId: string): boolean {
    return this.#orders.get(chatId)?.hasGap ?? false;
  }

  /** The number of the chat's newest message that is known of; 0 if the chat is not known. */
  newest(chatId: string): number {
    return this.#orders.get(chatId)?.newest ?? 0;
  }

  /** Whether the chat is known, and not all its messages up to this number have been given. */
  lacks(chatId: string, seq: number): boolean {
    const order = this.#orders.get(chatId);
    return order !== undefined && order.given < seq;
  }

  get withGaps(): readonly string[] {
    return [...this.#orders].flatMap(([chatId, { hasGap }]) => (hasGap ? [chatId] : []));
  }

  /** A message as it is now, new or changed: the application is told when its turn comes, or of the change at once. */
  take(message: LiveMessage): void {
    const order = this.#orders.get(message.chat_id);
    if (order === undefined) return;
    if (message.seq <= order.given) {
      this.#tellChange(message);
      return;
    }
    const { early } = order;
    const row = order.take(message, this.#early < MAX_EARLY);
    this.#early += order.early - early;
    for (const next of row) {
      this.#rememberChange(next);
      this.#tell.message(next);
    }
  }

  #tellChange(message: LiveMessage): void {
    if (!this.#rememberChange(message)) return;
    if (message.deleted_at === undefined) this.#tell.edit(message);
    else this.#tell.delete(message);
  }

  /** @returns false if it is as it was sent, or a later change is known */
  #rememberChange(message: LiveMessage): boolean {
    const version = versionOf(message);
    if (version === undefined) return false;
    const key = `${message.chat_id} ${message.seq}`;
    const known = this.#changed.get(key);
    if (known !== undefined && known > version) return false;
    this.#changed.delete(key);
    this.#changed.set(key, version);
    for (const oldest of this.#changed.keys()) {
      if (this.#changed.size <= MAX_CHANGED) break;
      this.#changed.delete(oldest);
    }
    return true;
  }
}
