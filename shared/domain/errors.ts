/** The errors that the domain's rules and ports raise; shared/runtime turns each into one HTTP answer. */
import type { Head } from './chat-head.ts';

/** The head has moved on: its epoch, its `rest`, a key or a limit no longer allows this write, nor ever will. */
export class HeadMovedError extends Error {
  override readonly name = 'HeadMovedError';
  /** The head that refused the write, if the store has told. */
  readonly head: Head | undefined;

  constructor(message: string, options: ErrorOptions & { head?: Head } = {}) {
    super(message, options);
    this.head = options.head;
  }
}

/** The store gave no answer, or a fault: what was asked may have happened, may still happen, or never will. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** An idempotency key came again with another request than the one that it stands for. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = 'IdempotencyKeyReusedError';
}

/** There is no such chat, or none that the caller is a member of: callers cannot tell one from the other. */
export class ChatNotFoundError extends Error {
  override readonly name = 'ChatNotFoundError';
}

export class MessageNotFoundError extends Error {
  override readonly name = 'MessageNotFoundError';
}

export class UserNotFoundError extends Error {
  override readonly name = 'UserNotFoundError';
}

/** The caller may see what is there, but not do this with it. */
export class ForbiddenError extends Error {
  override readonly name = 'ForbiddenError';
}

/** What is there already does not allow it: a name that is taken, somebody who is a member, a chat that is full. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** The caller is not signed in: no token, or one that is malformed, unknown, expired or ended. */
export class UnauthorizedError extends Error {
  override readonly name = 'UnauthorizedError';
}

export class SessionNotFoundError extends Error {
  override readonly name = 'SessionNotFoundError';
}

/** There is no such cursor, or not any more: its holder begins anew. */
export class CursorNotFoundError extends Error {
  override readonly name = 'CursorNotFoundError';
}

/** Too much at once, or too many failures: the same may be tried later. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A socket could not be reached: whether it has got what it was sent is unknown. */
export class SocketUnreachableError extends Error {
  override readonly name = 'SocketUnreachableError';
}
