/** What both clients take. */
import { createRetryingFetch } from './retrying-fetch.ts';

export interface MessengerOptions {
  /** Where the API is, for example `https://abc123.execute-api.eu-central-1.amazonaws.com/prod`. */
  readonly baseUrl: string;
  /** How often a request is sent at most, the first time included, before its failure is thrown; 4 by default. */
  readonly maxAttempts?: number;
  /** How long one attempt may take, in milliseconds; 30,000 by default, which is as long as API Gateway may take. */
  readonly timeoutMs?: number;
  /** What sends a request; the global fetch by default. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export interface CallOptions {
  /** Ends the call, and any waiting between attempts, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The fetch that the options ask for. */
export function createSend(options: MessengerOptions): (request: Request) => Promise<Response> {
  const { maxAttempts = 4, timeoutMs = 30_000, fetch = (request) => globalThis.fetch(request) } = options;
  return createRetryingFetch({ maxAttempts, timeoutMs, fetch });
}
