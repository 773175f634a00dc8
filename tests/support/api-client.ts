/** The API as its clients see it, by operation: what is sent is up to the caller, what comes back must fit the contract. */
import type * as z from 'zod/mini';
import type { Operation } from '../../shared/contract/operation.ts';
import { type Answer, call } from './open-stream-client.ts';

/** What a client must know to send a request. */
export type Route = Pick<Operation, 'method' | 'path' | 'surface'>;

export interface OperationInput {
  /** Values of the path's parameters. */
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON, whether or not it fits the contract. */
  readonly body?: unknown;
  /** The idempotency key. */
  readonly key?: string;
  /** Breaks the request off. */
  readonly signal?: AbortSignal;
}

type Schema = z.ZodMiniType | undefined;
type Parsed<Success extends Schema> = Success extends z.ZodMiniType ? z.output<Success> : undefined;

export class ApiClient {
  readonly #baseUrl: string;
  readonly #token: string | undefined;

  /** @param token of the session in which everything is asked; without it nobody is signed in */
  constructor(baseUrl: string, token?: string) {
    this.#baseUrl = baseUrl;
    this.#token = token;
  }

  /** Any answer, as it comes. */
  call(route: Route, { path = {}, query = {}, body, key, signal }: OperationInput = {}): Promise<Answer> {
    const { method, surface, path: template } = route;
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) search.set(name, String(value));
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(this.#token !== undefined && { Authorization: writeAuthorization(surface, this.#token) }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
    };
    const url = `${this.#baseUrl}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
    return call(url, method, headers, body === undefined ? null : JSON.stringify(body), signal);
  }

  /**
   * The answer of an operation that succeeds.
   * @throws Error that says what was answered, unless it is what the contract says of success
   */
  async ask<Success extends Schema>(
    operation: Operation & { readonly answer?: Success },
    input?: OperationInput,
  ): Promise<Parsed<Success>> {
    const { status, text } = await this.call(operation, input);
    if (status !== operation.status) throw new Error(`${operation.id} was answered ${status}: ${text}`);
    const answer: Parsed<Success> = text === '' ? undefined : JSON.parse(text);
    operation.answer?.parse(answer);
    return answer;
  }

  /** Status and `message` of what an operation is refused with, such as `404 chat-not-found`. */
  async refusal(operation: Route, input?: OperationInput): Promise<string> {
    const { status, text } = await this.call(operation, input);
    const { message } = text === '' ? {} : JSON.parse(text);
    return `${status} ${message ?? text}`;
  }

  /** As `refusal`, with the fields that were wrong: `400 bad-parameters: body.message`. */
  async problems(operation: Route, input?: OperationInput): Promise<string> {
    const { status, text } = await this.call(operation, input);
    const { message, problems = [] }: { message?: string; problems?: { loc: string[] }[] } = JSON.parse(text);
    return `${status} ${message}: ${problems.map(({ loc }) => loc.join('.')).join(' ')}`;
  }
}

function writeAuthorization(surface: Operation['surface'], token: string): string {
  return surface === 'counters' ? token : `session_id ${token}`;
}
