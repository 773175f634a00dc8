/** Bounds how many pieces of work run at the same time. */

/** Hands out a fixed number of places, first come first served. */
export class ConcurrencyLimit {
  readonly #waiting: (() => void)[] = [];
  #freeCount: number;

  constructor(count: number) {
    this.#freeCount = count;
  }

  /** Resolves when a place is taken for the caller, who must give it back with `release`. */
  async acquire(): Promise<void> {
    if (this.#freeCount > 0) this.#freeCount--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#freeCount++;
    else next();
  }
}
