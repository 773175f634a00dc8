/** The session of a live connection: calls of the API are made in it, and in another one once it is over. */
import type { ApiCalls } from './api-calls.ts';
import { MessengerError, SessionOverError } from './errors.ts';
import type { MessengerPaths } from './messenger-paths.ts';

export interface LiveSessionOptions {
  readonly client: { readonly api: ApiCalls<MessengerPaths>; readonly sessionId: string | undefined };
  /** Sets another session of the same user. */
  readonly renew: (() => Promise<void>) | undefined;
  /** Told when there is no other session to be had. */
  readonly onOver: (error: SessionOverError) => void;
}

export class LiveSession {
  readonly #options: LiveSessionOptions;
  #renewing: Promise<void> | undefined;

  constructor(options: LiveSessionOptions) {
    this.#options = options;
  }

  /** @throws what the call throws; SessionOverError */
  async call<Answer>(ask: (api: ApiCalls<MessengerPaths>) => Promise<Answer>): Promise<Answer> {
    const { client } = this.#options;
    const { sessionId } = client;
    try {
      return await ask(client.api);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      // Unless somebody else has set another session meanwhile.
      if (client.sessionId === sessionId) await this.#renew();
      return ask(client.api);
    }
  }

  async #renew(): Promise<void> {
    this.#renewing ??= this.#tryToRenew().finally(() => (this.#renewing = undefined));
    await this.#renewing;
  }

  async #tryToRenew(): Promise<void> {
    const { renew, onOver } = this.#options;
    try {
      if (renew === undefined) throw new SessionOverError('the session is over: log in again');
      await renew();
    } catch (error) {
      const over = asSessionOver(error);
      if (over !== undefined) onOver(over);
      throw over ?? error;
    }
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof MessengerError && error.status === 401;
}

/** @returns undefined for what passes, such as no answer */
function asSessionOver(error: unknown): SessionOverError | undefined {
  if (error instanceof SessionOverError) return error;
  if (isUnauthorized(error))
    return new SessionOverError('the session is over, and no other was to be had', { cause: error });
  return undefined;
}
