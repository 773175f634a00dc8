/** A fetch that asks again after what passes: no answer, 429 and 503. */
import { NoAnswerError } from './errors.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { type BackOff, jitter, wait } from './wait.ts';

export interface RetryOptions {
  /** How often a request is sent at most, the first time included. */
  readonly maxAttempts: number;
  /** How long one attempt may take until its answer is there, in milliseconds. */
  readonly timeoutMs: number;
  /** What sends a request. */
  readonly fetch: (request: Request) => Promise<Response>;
}

const KEY_HEADER = 'Idempotency-Key';

const BACK_OFF: BackOff = { firstMs: 200, longestMs: 5_000 };
/** Who is to wait longer than this is told so at once. */
const LONGEST_RETRY_AFTER_MS = 30_000;

/**
 * Every POST gets an Idempotency-Key, unless it has one, and keeps it in every attempt, so that it is carried out once.
 * An answer comes whole: one that breaks off is none.
 * @returns the last answer, if none was better
 * @throws NoAnswerError after the last attempt; the reason of the request's own signal, at once
 */
export function createRetryingFetch({ fetch, maxAttempts, timeoutMs }: RetryOptions) {
  return async (request: Request): Promise<Response> => {
    if (request.method === 'POST' && !request.headers.has(KEY_HEADER))
      request.headers.set(KEY_HEADER, crypto.randomUUID());
    for (let attempt = 1; ; attempt++) {
      const outcome = await tryOnce(request, timeoutMs, fetch);
      if (outcome instanceof Response && outcome.status !== 429 && outcome.status !== 503) return outcome;
      const retryAfterMs = (outcome instanceof Response && readRetryAfterMs(outcome)) || 0;
      if (attempt >= maxAttempts || retryAfterMs > LONGEST_RETRY_AFTER_MS || !mayRepeat(request, outcome)) {
        if (outcome instanceof Response) return outcome;
        throw outcome;
      }
      await wait(retryAfterMs + jitter(attempt, BACK_OFF), request.signal);
    }
  };
}

async function tryOnce(
  request: Request,
  timeoutMs: number,
  fetch: RetryOptions['fetch'],
): Promise<Response | NoAnswerError> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(new Request(request.clone(), { signal }));
    const body = await response.arrayBuffer();
    return new Response(body.byteLength === 0 ? null : body, response);
  } catch (cause) {
    request.signal.throwIfAborted();
    const { pathname } = new URL(request.url);
    return new NoAnswerError(`${request.method} ${pathname} was not answered`, { cause });
  }
}

/** A PUT spends a refresh token: if it may have been carried out, another one would look like a thief's. */
function mayRepeat({ method }: Request, outcome: Response | NoAnswerError): boolean {
  return method !== 'PUT' || (outcome instanceof Response && outcome.status === 429);
}
