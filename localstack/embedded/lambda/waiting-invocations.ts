/** The requests that wait for an execution environment of one function: as many, and as long, as this machine can hold. */
import type { Invocation } from './invocation.ts';
import { tooManyRequests } from './service-errors.ts';

/** A waiting request takes 10 to 20 KB with its connection: all of them 200 MB. */
const MAX_WAITING = 10_000;
/** Characters of all payloads together, a byte or two each; at least ten of the largest that Lambda takes. */
const MAX_PAYLOAD_CHARACTERS = 64 * 1024 * 1024;
/** With the 29 s that API Gateway gives a function, a client has its answer within a minute. */
const MAX_WAIT_MS = 20_000;

interface Waiting {
  readonly invocation: Invocation;
  readonly untilMs: number;
}

/**
 * First in, first out. Lambda refuses what is beyond a function's concurrency ("Understanding Lambda function scaling");
 * here it waits, and beyond these limits it is rejected with the same TooManyRequestsException.
 */
export class WaitingInvocations {
  readonly #functionName: string;
  readonly #queue: Waiting[] = [];
  #payloadCharacters = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(functionName: string) {
    this.#functionName = functionName;
  }

  /** The request that has waited longest. */
  get first(): Invocation | undefined {
    return this.#queue[0]?.invocation;
  }

  /** Adds a request, or rejects it if there is no place for it. */
  add(invocation: Invocation): void {
    const payloadCharacters = this.#payloadCharacters + invocation.payload.length;
    if (this.#queue.length >= MAX_WAITING || payloadCharacters > MAX_PAYLOAD_CHARACTERS) {
      invocation.reject(tooManyRequests(this.#functionName));
      return;
    }
    this.#payloadCharacters = payloadCharacters;
    this.#queue.push({ invocation, untilMs: performance.now() + MAX_WAIT_MS });
    this.#timer ??= setTimeout(() => this.#rejectLate(), MAX_WAIT_MS).unref();
  }

  removeFirst(): void {
    const invocation = this.#queue.shift()?.invocation;
    if (invocation !== undefined) this.#payloadCharacters -= invocation.payload.length;
  }

  rejectAll(error: Error): void {
    for (let next = this.first; next !== undefined; next = this.first) {
      this.removeFirst();
      next.reject(error);
    }
    clearTimeout(this.#timer);
  }

  #rejectLate(): void {
    const now = performance.now();
    let oldest = this.#queue[0];
    while (oldest !== undefined && oldest.untilMs <= now) {
      this.removeFirst();
      oldest.invocation.reject(tooManyRequests(this.#functionName));
      oldest = this.#queue[0];
    }
    this.#timer = oldest && setTimeout(() => this.#rejectLate(), oldest.untilMs - now).unref();
  }
}
