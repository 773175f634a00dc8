/** What calls of the API throw. */
import type { components } from './api-types.ts';

type Responses = components['responses'];
type CodedResponse =
  'BadParameters' | 'Unauthorized' | 'Forbidden' | 'NotFound' | 'Conflict' | 'TooManyRequests' | 'ServiceUnavailable';

/** What the canonical API says went wrong. */
export type ErrorCode = Responses[CodedResponse]['content']['application/json']['message'] | 'internal-server-error';

/** Where something in a request is wrong, and what. */
export type Problem = components['schemas']['Problem'];

/** The API refused a request, or could not carry it out. */
export class MessengerError extends Error {
  override readonly name = 'MessengerError';
  /** HTTP status. */
  readonly status: number;
  /** For example `chat-not-found`. An answer without a code, as those of counters, has its status instead. */
  readonly code: ErrorCode | number;
  /** Of bad parameters, what is wrong with each. */
  readonly problems: readonly Problem[];
  /** When the API asks to be tried again, in milliseconds from the answer. */
  readonly retryAfterMs: number | undefined;

  /** @param body what the answer held, as JSON if it is */
  constructor(status: number, body: unknown, retryAfterMs?: number) {
    const { message, detail, problems } = readBody(body);
    super(detail ?? message ?? `HTTP status ${status}`);
    this.status = status;
    this.code = message !== undefined && isCode(message) ? message : status;
    this.problems = problems ?? [];
    this.retryAfterMs = retryAfterMs;
  }
}

/** There was no answer: whether the request was carried out is unknown. `cause` says what happened. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The session that a live connection was opened in is over: log in again. */
export class SessionOverError extends Error {
  override readonly name = 'SessionOverError';
}

/** The live connection was closed by its own side. */
export class ConnectionClosedError extends Error {
  override readonly name = 'ConnectionClosedError';
}

interface ErrorBody {
  readonly message?: string;
  readonly detail?: string;
  readonly problems?: readonly Problem[];
}

function readBody(body: unknown): ErrorBody {
  return typeof body === 'object' && body !== null ? body : {};
}

/** Codes are in kebab case; sentences are not. */
function isCode(message: string): message is ErrorCode {
  return /^[a-z]+(-[a-z]+)*$/.test(message);
}
