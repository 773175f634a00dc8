/** Typed calls of an API: each resolves with what is answered and throws what went wrong. */
import createClient, { type FetchOptions, type FetchResponse } from 'openapi-fetch';
import type { FilterKeys, HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import { MessengerError } from './errors.ts';
import { readRetryAfterMs } from './retry-after.ts';

/** What openapi-fetch takes beside the path: to be left out where nothing of it is required. */
type Init<Operation> =
  RequiredKeysOf<FetchOptions<Operation>> extends never ? [FetchOptions<Operation>?] : [FetchOptions<Operation>];

type Answer<Operation> =
  Operation extends Record<string | number, unknown>
    ? Extract<FetchResponse<Operation, object, MediaType>, { error?: never }>['data']
    : never;

/**
 * Takes a path as the API describes it, and its parameters, body and signal.
 * @throws MessengerError, NoAnswerError; the signal's reason
 */
export type Call<Paths extends object, Method extends HttpMethod> = <Path extends PathsWithMethod<Paths, Method>>(
  path: Path,
  ...init: Init<FilterKeys<Paths[Path], Method>>
) => Promise<Answer<FilterKeys<Paths[Path], Method>>>;

export interface ApiCalls<Paths extends object> {
  readonly get: Call<Paths, 'get'>;
  readonly post: Call<Paths, 'post'>;
  readonly put: Call<Paths, 'put'>;
  readonly patch: Call<Paths, 'patch'>;
  readonly delete: Call<Paths, 'delete'>;
}

type AnyOperation = { responses: Record<number, unknown> };

/** @param send what sends a request and gets its answer */
export function createApiCalls<Paths extends object>(
  baseUrl: string,
  send: (request: Request) => Promise<Response>,
): ApiCalls<Paths>;
// A call does the same whatever the path; its types are those of the description that `Paths` was made from.
export function createApiCalls(
  baseUrl: string,
  send: (request: Request) => Promise<Response>,
): Record<keyof ApiCalls<object>, (...call: never) => Promise<unknown>> {
  const client = createClient<Record<string, Record<HttpMethod, AnyOperation>>>({ baseUrl, fetch: send });
  const callOf = (method: HttpMethod) => async (path: string, init?: FetchOptions<AnyOperation>) => {
    const { data, error, response } = await client.request(method, path, { ...init });
    if (!response.ok) throw new MessengerError(response.status, error, readRetryAfterMs(response));
    return data;
  };
  return {
    get: callOf('get'),
    post: callOf('post'),
    put: callOf('put'),
    patch: callOf('patch'),
    delete: callOf('delete'),
  };
}
