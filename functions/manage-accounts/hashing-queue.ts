/** The queue in which passwords wait to be hashed. */
import pLimit from 'p-limit';
import { TooManyRequestsError } from '../../shared/domain/errors.ts';

/** With what a turn takes where the store is slow (some calls of seconds, and a hash), below the function's timeout. */
const MAX_WAIT_MS = 10_000;
/** As many requests as an environment is given at once on Lambda Managed Instances, by default. */
const MAX_WAITING = 64;
const RETRY_AFTER_SECONDS = 5;

/**
 * One hash at a time in each environment: it keeps a processor and 32 MB busy, and several at once would not be done any
 * sooner. What would wait too long is refused, so that time and memory are bounded however many come.
 */
export class HashingQueue {
  readonly #limit = pLimit(1);
  readonly #maxWaitMs: number;

  constructor(maxWaitMs = MAX_WAIT_MS) {
    this.#maxWaitMs = maxWaitMs;
  }

  /**
   * Runs a task, which hashes once at most, when its turn comes.
   * @throws TooManyRequestsError if too many wait already, or if its turn came too late
   */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#limit.pendingCount >= MAX_WAITING) return Promise.reject(tooBusy());
    const deadline = performance.now() + this.#maxWaitMs;
    return this.#limit(() => {
      if (performance.now() > deadline) throw tooBusy();
      return task();
    });
  }
}

function tooBusy(): TooManyRequestsError {
  return new TooManyRequestsError('too many people are signing in or up at the moment', RETRY_AFTER_SECONDS);
}
