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
  /** So many chunks at the front of this head stand in the history; while they are copied, unknown. */
  #copy: { readonly of: Head; count?: number } | undefined;

  constructor(store: ChatStore, chatId: string) {
    this.#store = store;
    this.#chatId = chatId;
  }

  get state(): 'idle' | 'copying' | 'copied' {
    if (this.#copy === undefined) return 'idle';
    return this.#copy.count === undefined ? 'copying' : 'copied';
  }

  /** Starts to copy; does not wait. What fails has copied nothing. */
  start(head: Head): void {
    const copy: { of: Head; count?: number } = { of: head };
    this.#copy = copy;
    void copyOldest(this.#store, this.#chatId, head)
      .catch(() => 0)
      .then((count) => void (copy.count = count));
  }

  /**
   * Trims what has been copied, if it still stands at the front of the head.
   * @returns the head afterwards, which is the one given if there was nothing to trim
   * @throws HeadMovedError if another writer came between
   */
  async finish(head: Head): Promise<Head> {
    const { of: copied, count = 0 } = this.#copy ?? {};
    this.#copy = undefined;
    const holds = copied?.epoch === head.epoch && copied.membership?.revision === head.membership?.revision;
    return count > 0 && holds ? this.#store.trim(this.#chatId, head, count) : head;
  }
}
