/** Many people who log in at once, with clients that come back when they are asked to. */
import { MessengerClient } from '../../client/src/index.ts';
import { median } from '../report/statistics.ts';

export interface LoginOutcome {
  /** People who are in. */
  readonly loggedIn: number;
  /** Time until the last of them was, in milliseconds. */
  readonly tookMs: number;
  /** Time until a half of them was. */
  readonly halfMs: number;
  /** How often somebody was asked to come back later, by HTTP status. */
  readonly askedBack: Readonly<Record<string, number>>;
  /** Those who gave up, by why. */
  readonly failures: Readonly<Record<string, number>>;
}

/** A client waits up to ten seconds each time, and somebody is last. */
const MAX_ATTEMPTS = 1_000;
/** The engine answers within a minute; the password of a client that gives up before is hashed all the same. */
const TIMEOUT_MS = 60_000;

/**
 * @param onProgress told how many are in
 * @throws the signal's reason
 */
export async function logInAll(
  baseUrl: string,
  userNames: readonly string[],
  password: string,
  signal: AbortSignal,
  onProgress: (loggedIn: number) => void,
): Promise<LoginOutcome> {
  const startedAtMs = performance.now();
  const tookMs: number[] = [];
  const askedBack: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const countingFetch = async (request: Request): Promise<Response> => {
    const response = await fetch(request);
    if (response.status === 429 || response.status === 503) count(askedBack, String(response.status));
    return response;
  };
  await Promise.all(
    userNames.map(async (userName) => {
      const options = { maxAttempts: MAX_ATTEMPTS, timeoutMs: TIMEOUT_MS, fetch: countingFetch };
      const client = new MessengerClient({ baseUrl, ...options });
      try {
        await client.logIn({ user_name: userName, password }, { signal });
        tookMs.push(performance.now() - startedAtMs);
        onProgress(tookMs.length);
      } catch (error) {
        signal.throwIfAborted();
        count(failures, String(error));
      }
    }),
  );
  return {
    loggedIn: tookMs.length,
    tookMs: Math.max(0, ...tookMs),
    halfMs: tookMs.length === 0 ? 0 : median(tookMs),
    askedBack,
    failures,
  };
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
