/** What an error means to an HTTP client, in words of no particular surface. */
import {
  ChatNotFoundError,
  ConflictError,
  CursorNotFoundError,
  ForbiddenError,
  HeadMovedError,
  IdempotencyKeyReusedError,
  MessageNotFoundError,
  SessionNotFoundError,
  StoreUnavailableError,
  TooManyRequestsError,
  UnauthorizedError,
  UserNotFoundError,
} from '../domain/errors.ts';
import { type Problem, RequestError } from './request-error.ts';

export interface ErrorAnswer {
  readonly statusCode: number;
  /** kebab-case: the same for the same kind of error. */
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly Problem[];
  readonly retryAfterSeconds?: number;
}

/** A sentence for clients whose request may or may not have been carried out. */
const UNKNOWN_OUTCOME =
  'The store did not answer in time. Whether the request was carried out is unknown: ask again, by a POST with the same Idempotency-Key.';

/** Errors that mean a client's mistake, or what is there; anything else is a fault. */
export function describeErrorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof RequestError)
    return { statusCode: error.statusCode, code: 'bad-parameters', detail: error.message, problems: error.problems };
  if (error instanceof UnauthorizedError) return { statusCode: 401, code: 'unauthorized', detail: error.message };
  if (error instanceof ForbiddenError) return { statusCode: 403, code: 'forbidden', detail: error.message };
  if (error instanceof ChatNotFoundError) return notFound('chat');
  if (error instanceof MessageNotFoundError) return notFound('message');
  if (error instanceof UserNotFoundError) return notFound('user');
  if (error instanceof SessionNotFoundError) return notFound('session');
  if (error instanceof CursorNotFoundError) return notFound('cursor');
  if (error instanceof ConflictError || error instanceof IdempotencyKeyReusedError)
    return { statusCode: 409, code: 'conflict', detail: error.message };
  if (error instanceof TooManyRequestsError) {
    const { message: detail, retryAfterSeconds } = error;
    return { statusCode: 429, code: 'too-many-requests', detail, retryAfterSeconds };
  }
  if (error instanceof StoreUnavailableError || error instanceof HeadMovedError)
    return { statusCode: 503, code: 'service-unavailable', detail: UNKNOWN_OUTCOME, retryAfterSeconds: 1 };
  return { statusCode: 500, code: 'internal-server-error', detail: 'Internal Server Error' };
}

/** Says nothing of who asked: somebody else's chat looks like one that does not exist. */
function notFound(what: string): ErrorAnswer {
  return { statusCode: 404, code: `${what}-not-found`, detail: `There is no such ${what}.` };
}
