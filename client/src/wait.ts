/** Time that passes between attempts. */

export interface BackOff {
  /** The first wait is up to this long, each one after it up to twice as long as the one before. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * A time between none and the longest that this attempt allows, so that those who failed together do not come back
 * together.
 * @param attempt how many have failed, 1 or more
 * @returns milliseconds
 */
export function jitter(attempt: number, { firstMs, longestMs }: BackOff): number {
  return Math.random() * Math.min(longestMs, firstMs * 2 ** (attempt - 1));
}

/** @throws the signal's reason, at once */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
