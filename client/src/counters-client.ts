/** The API of counters: /auth and /messenger. */
import { type ApiCalls, createApiCalls } from './api-calls.ts';
import type { components, paths } from './api-types.ts';
import { type CallOptions, createSend, type MessengerOptions } from './messenger-options.ts';

export type CountersPaths = {
  [Path in keyof paths as Path extends `/auth/${string}` | `/messenger/${string}` ? Path : never]: paths[Path];
};

export type TokenPair = components['schemas']['TokenPair'];

export class CountersClient {
  /** Every operation, by its path. A request whose access token has expired gets a new pair and is made once more. */
  readonly api: ApiCalls<CountersPaths>;
  /** The pair that requests are made with: signing in sets it, and it may be set to go on with one that was kept. */
  tokens: TokenPair | undefined;
  readonly #openApi: ApiCalls<CountersPaths>;
  #refreshing: Promise<void> | undefined;

  constructor(options: MessengerOptions) {
    const send = createSend(options);
    this.#openApi = createApiCalls(options.baseUrl, send);
    this.api = createApiCalls(options.baseUrl, async (request) => {
      const { tokens } = this;
      if (tokens === undefined) return send(request);
      const response = await send(authorize(request, tokens));
      if (response.status !== 401) return response;
      // Unless somebody else has got a new pair meanwhile.
      if (this.tokens === tokens) await this.refresh();
      return this.tokens === undefined ? response : send(authorize(request, this.tokens));
    });
  }

  async signIn(
    credentials: { readonly email: string; readonly password: string },
    options: CallOptions = {},
  ): Promise<void> {
    this.tokens = await this.#openApi.post('/auth/sign-in', { ...options, body: credentials });
  }

  /**
   * Exchanges the refresh token for a new pair. It is spent with that, so that of several calls at once one is made.
   * @throws MessengerError 401 if the session is over: sign in again
   */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#exchangeTokens().finally(() => (this.#refreshing = undefined));
    await this.#refreshing;
  }

  async #exchangeTokens(): Promise<void> {
    if (this.tokens === undefined) throw new Error('there is no refresh token: sign in first');
    const { refresh_token } = this.tokens;
    this.tokens = await this.#openApi.put('/auth/token', { body: { refresh_token } });
  }
}

/** A copy, as a request's body can be sent once. */
function authorize(request: Request, { access_token }: TokenPair): Request {
  const authorized = request.clone();
  authorized.headers.set('Authorization', access_token);
  return authorized;
}
