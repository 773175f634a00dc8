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

/** An idempotency key came again with another text than the one that it stands for. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = 'IdempotencyKeyReusedError';
}
