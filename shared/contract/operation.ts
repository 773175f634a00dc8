/** An HTTP operation as both sides know it: what it takes, what it answers, and how it can fail. */
import type * as z from 'zod/mini';

/** A surface has its own way to say who calls and what went wrong: see docs/api.md. */
export type Surface = 'v1' | 'counters' | 'stream';

export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

type Parameters = z.ZodMiniObject | undefined;
type Json = z.ZodMiniType | undefined;

export interface Operation<
  Access extends 'anyone' | 'session' = 'anyone' | 'session',
  Path extends Parameters = Parameters,
  Query extends Parameters = Parameters,
  Body extends Json = Json,
  Answer extends Json = Json,
> {
  /** camelCase; unique in the API. */
  readonly id: string;
  readonly surface: Surface;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As API Gateway writes it: `/v1/chats/{chat_id}`. */
  readonly path: string;
  readonly summary: string;
  /** What the summary leaves open. */
  readonly description?: string;
  /** Whether the caller must be signed in. */
  readonly access: Access;
  readonly pathParameters?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly status: 200 | 201 | 204;
  readonly answer?: Answer;
  /** Media type of the answer; JSON by default. */
  readonly mediaType?: string;
  /** Beyond those that follow from the above: 400 with parameters or a body, 401 with a session, 413 with a body, 409 of a POST, 429, 503. */
  readonly errors?: readonly ErrorStatus[];
}

/** Keeps an operation's types as they are written. */
export function operation<
  Access extends 'anyone' | 'session',
  Path extends Parameters = undefined,
  Query extends Parameters = undefined,
  Body extends Json = undefined,
  Answer extends Json = undefined,
>(described: Operation<Access, Path, Query, Body, Answer>): Operation<Access, Path, Query, Body, Answer> {
  return described;
}
