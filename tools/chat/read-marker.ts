/** Moves the user's read mark as messages are shown: the newest one is told, and one request at a time. */

export class ReadMarker {
  readonly #mark: (chatId: string, seq: number) => Promise<unknown>;
  readonly #wanted = new Map<string, number>();
  #isMarking = false;

  /** @param mark what it throws is passed over: the next message shown moves the mark as well */
  constructor(mark: (chatId: string, seq: number) => Promise<unknown>) {
    this.#mark = mark;
  }

  show(chatId: string, seq: number): void {
    this.#wanted.set(chatId, Math.max(seq, this.#wanted.get(chatId) ?? 0));
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isMarking) return;
    this.#isMarking = true;
    for (let [next] = this.#wanted; next !== undefined; [next] = this.#wanted) {
      const [chatId, seq] = next;
      this.#wanted.delete(chatId);
      await this.#mark(chatId, seq).catch(() => undefined);
    }
    this.#isMarking = false;
  }
}
