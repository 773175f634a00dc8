/** Lets something wait until others have gone before it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Others } from './network.ts';
import type { Operation } from './operations.ts';

interface Waiting {
  readonly operation: Others['operation'];
  count: number;
  readonly go: () => void;
}

export class Turns {
  #waiting: Waiting[] = [];

  /** A request of this kind is done. */
  next(operation: Operation): void {
    for (const waiting of this.#waiting) if ([operation, 'any'].includes(waiting.operation)) waiting.count--;
    this.#letGo(({ count }) => count <= 0);
  }

  /**
   * Resolves when the others are done.
   * @param limitMs after which it waits no longer, though they have not come
   */
  async wait({ operation, count }: Others, limitMs: number): Promise<void> {
    if (count === 0) return;
    const { promise, resolve: go } = Promise.withResolvers<void>();
    this.#waiting.push({ operation, count, go });
    const limit = new AbortController();
    await Promise.race([promise, delay(limitMs, undefined, { signal: limit.signal })]);
    limit.abort();
  }

  /** Whoever waits goes now. */
  end(): void {
    this.#letGo(() => true);
  }

  #letGo(mayGo: (waiting: Waiting) => boolean): void {
    for (const waiting of this.#waiting) if (mayGo(waiting)) waiting.go();
    this.#waiting = this.#waiting.filter((waiting) => !mayGo(waiting));
  }
}
