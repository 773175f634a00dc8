/** What calls of the API throw. */
import type { components } from './api-types.ts';
import { readRetryAfterMs } from './retry-after.ts';

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

  /** @param body what the response held, as JSON if it is */
  constructor(response: Response, body: unknown) {
    const { status } = response;
    const { message, detail, problems } = readBody(body);
    super(detail ?? message ?? `HTTP status ${status}`);
    this.status = status;
    this.code = message !== undefined && isCode(message) ? message : status;
    this.problems = problems ?? [];
    this.retryAfterMs = readRetryAfterMs(response);
  }
}

/** There was no answer: whether the request was carried out is unknown. `cause` says what happened. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
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
