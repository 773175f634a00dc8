/** Limits how many requests a session makes. */
// One by one: the package's index holds limiters for twenty databases, which would be in every bundle.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js';
import { TooManyRequestsError } from '../domain/errors.ts';

/** Counts in this execution environment: another one that answers the same session counts on its own. */
export class SessionThrottle {
  readonly #limiter: RateLimiterMemory;

  constructor(requestsPerSecond: number) {
    this.#limiter = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });
  }

  /** Counts one request. @throws TooManyRequestsError if it is one too many */
  async take(sessionId: string): Promise<void> {
    try {
      await this.#limiter.consume(sessionId);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new TooManyRequestsError('the session makes too many requests', Math.ceil(refusal.msBeforeNext / 1000));
    }
  }
}
