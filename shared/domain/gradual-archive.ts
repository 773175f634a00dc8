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
  #state: 'idle' | 'copying' | 'copied' = 'idle';
  /** So many chunks at the front of the head as it was in this epoch stand in the history. */
  #copied: { readonly epoch: number; readonly count: number } | undefined;

  constructor(store: ChatStore, chatId: string) {
    this.#store = store;
    this.#chatId = chatId;
  }

  /** `copied` also after a copy that failed. */
  get state(): 'idle' | 'copying' | 'copied' {
    return this.#state;
  }

  /** Starts to copy; does not wait. */
  start(head: Head): void {
    this.#state = 'copying';
    copyOldest(this.#store, this.#chatId, head)
      .then((count) => void (this.#copied = { epoch: head.epoch, count }))
      .catch(() => undefined)
      .finally(() => void (this.#state = 'copied'));
  }

  /**
   * Trims what has been copied, if it still stands at the front of the head.
   * @returns the head afterwards, which is the one given if there was nothing to trim
   * @throws HeadMovedError if another writer came between
   */
  async finish(head: Head): Promise<Head> {
    const copied = this.#copied;
    this.#copied = undefined;
    this.#state = 'idle';
    if (copied === undefined || copied.epoch !== head.epoch || copied.count === 0) return head;
    return this.#store.trim(this.#chatId, head, copied.count);
  }
}
