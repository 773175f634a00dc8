/** Counts how the requests of a load ended. */
import { createHistogram } from 'node:perf_hooks';

export interface Failures {
  readonly kind: string;
  readonly count: number;
  /** What the first of them said. */
  readonly first: string;
}

export class Tally {
  #right = 0;
  #failed = 0;
  readonly #failures = new Map<string, { count: number; first: string }>();
  readonly #latencyUs = createHistogram();

  addRight(latencyMs: number): void {
    this.#right++;
    this.#latencyUs.record(Math.max(1, Math.round(latencyMs * 1_000)));
  }

  /** @param kind what failures are counted by, such as `HTTP 503` or `ECONNRESET` */
  addFailure(kind: string, message: string): void {
    this.#failed++;
    const failures = this.#failures.get(kind) ?? { count: 0, first: message };
    failures.count++;
    this.#failures.set(kind, failures);
  }

  get right(): number {
    return this.#right;
  }

  get failed(): number {
    return this.#failed;
  }

  /** By kind, the most frequent first. */
  get failures(): Failures[] {
    const failures = [...this.#failures].map(([kind, { count, first }]) => ({ kind, count, first }));
    return failures.toSorted((a, b) => b.count - a.count);
  }

  /** Milliseconds within which this part of the right answers came (`percent` 100: all); 0 if there were none. */
  latencyMs(percent: number): number {
    return this.#right === 0 ? 0 : this.#latencyUs.percentile(percent) / 1_000;
  }
}
