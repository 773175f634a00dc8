/** Registration, sessions and users of the canonical API. */
import * as z from 'zod/mini';
import { password, userName } from '../credentials.ts';
import { operation } from '../operation.ts';
import { limit, next, time } from './fields.ts';

const credentials = z.strictObject({ user_name: userName, password }).check(z.meta({ id: 'Credentials' }));

export const register = operation({
  id: 'register',
  surface: 'v1',
  method: 'POST',
  path: '/v1/auth/register',
  summary: 'Register a user',
  description: 'An Idempotency-Key stands for one user name: with another name it is another key.',
  access: 'anyone',
  body: credentials,
  status: 201,
  answer: z.object({ user_id: z.uuid() }),
  errors: [409],
});

export const logIn = operation({
  id: 'logIn',
  surface: 'v1',
  method: 'POST',
  path: '/v1/auth/login',
  summary: 'Open a session',
  description:
    'Repeated failures are slowed by 429 with Retry-After, for a name and for a source address. A repeat with the same Idempotency-Key gets the same session, for a day, even if it has ended by then.',
  access: 'anyone',
  body: credentials,
  status: 200,
  answer: z.object({ session_id: z.string() }),
  errors: [401],
});

export const logOut = operation({
  id: 'logOut',
  surface: 'v1',
  method: 'POST',
  path: '/v1/auth/logout',
  summary: 'End the session of this request, at once and everywhere',
  description: 'A repeat with the same Idempotency-Key is answered as the first was, although its session is over.',
  access: 'session',
  status: 200,
  answer: z.object({}),
});

export const findUser = operation({
  id: 'findUser',
  surface: 'v1',
  method: 'GET',
  path: '/v1/users',
  summary: 'Find a user by name',
  access: 'session',
  query: z.object({ user_name: userName }),
  status: 200,
  answer: z.object({ user_id: z.uuid(), user_name: z.string() }),
  errors: [404],
});

const listedSession = z
  .object({
    id: z.uuid().check(z.meta({ description: 'Names the session; it does not open it' })),
    started_at: time,
    expires_at: time,
    ended_at: z.optional(time),
    end: z.optional(z.enum(['logout', 'ended', 'expired', 'token-reused'])),
    current: z.boolean().check(z.meta({ description: 'Whether it is the session of this request' })),
  })
  .check(z.meta({ id: 'Session' }));

export type ListedSessionAnswer = z.infer<typeof listedSession>;

export const listSessions = operation({
  id: 'listSessions',
  surface: 'v1',
  method: 'GET',
  path: '/v1/sessions',
  summary: "List the caller's sessions, newest first, with how each ended",
  access: 'session',
  query: z.object({ limit: limit(1000, 100), from: z.optional(z.uuid()) }),
  status: 200,
  answer: z.object({ sessions: z.array(listedSession), next: z.optional(next) }),
});

export const endSession = operation({
  id: 'endSession',
  surface: 'v1',
  method: 'DELETE',
  path: '/v1/sessions/{id}',
  summary: "End one of the caller's sessions",
  description: 'A session that is over already stays as it ended.',
  access: 'session',
  pathParameters: z.object({ id: z.string() }),
  status: 204,
  errors: [404],
});
