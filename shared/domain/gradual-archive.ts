/**
 * Archives what crowds a chat's head without holding up its sends: what can leave is copied while the next messages are
 * written, and leaves in a write between two of theirs.
 */
import type { Head } from './chat-head.ts';
import type { ChatStore } from './chat-store.ts';
import { copyOldest } from './make-room.ts';

export class GradualArchive {
  readonly #store: ChatStore;
  readonly #chatId: string;
  #isCopying = false;
  /** So many chunks at the front of the head as it was in this epoch stand in the history. */
  #copied: { readonly epoch: number; readonly count: number } | undefined;

  constructor(store: ChatStore, chatId: string) {
    this.#store = store;
    this.#chatId = chatId;
  }

  /** Whether there is something to go on with. */
  get isUnderWay(): boolean {
    return this.#isCopying || this.#copied !== undefined;
  }

  /** Starts to copy; does not wait. A copy that fails is forgotten: who finds the head crowded next begins anew. */
  start(head: Head): void {
    this.#isCopying = true;
    copyOldest(this.#store, this.#chatId, head)
      .then((count) => void (this.#copied = { epoch: head.epoch, count }))
      .catch(() => undefined)
      .finally(() => void (this.#isCopying = false));
  }

  /**
   * Trims what has been copied, if it still stands at the front of the head.
   * @returns the head afterwards; undefined if there was nothing to trim
   * @throws HeadMovedError if another writer came between
   */
  async finish(head: Head): Promise<Head | undefined> {
    const copied = this.#copied;
    this.#copied = undefined;
    if (copied === undefined || copied.epoch !== head.epoch || copied.count === 0) return undefined;
    return this.#store.trim(this.#chatId, head, copied.count);
  }
}
