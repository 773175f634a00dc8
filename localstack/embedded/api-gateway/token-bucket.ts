/** The token bucket by which API Gateway throttles a method. */

export interface ThrottleLimits {
  /** Tokens per second. */
  readonly rateLimit: number;
  /** The most tokens that can be saved up. */
  readonly burstLimit: number;
}

/** Starts full: `burstLimit` requests may come at once, then `rateLimit` per second. */
export class TokenBucket {
  readonly #limits: ThrottleLimits;
  #tokens: number;
  #filledAtMs: number;

  constructor(limits: ThrottleLimits, nowMs: number) {
    this.#limits = limits;
    this.#tokens = limits.burstLimit;
    this.#filledAtMs = nowMs;
  }

  /** Takes a token, or returns false when there is none. The clock must not go back. */
  tryTake(nowMs: number): boolean {
    const { rateLimit, burstLimit } = this.#limits;
    this.#tokens = Math.min(burstLimit, this.#tokens + ((nowMs - this.#filledAtMs) / 1000) * rateLimit);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
