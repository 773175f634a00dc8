/** The contract of counters, whose chats have two people: signing up and in. */
import * as z from 'zod/mini';
import { characters } from '../characters.ts';
import { email, password } from '../credentials.ts';
import { operation } from '../operation.ts';

const profileText = characters(1, 256);

const tokens = z.object({ access_token: z.string(), refresh_token: z.string() }).check(z.meta({ id: 'TokenPair' }));

export const signUp = operation({
  id: 'signUp',
  surface: 'counters',
  method: 'POST',
  path: '/auth/sign-up',
  summary: 'Register a user with a profile',
  access: 'anyone',
  body: z.object({
    email,
    password,
    name: profileText,
    surname: profileText,
    birthday: z.iso.datetime({ offset: true }),
    sex: profileText,
    city: profileText,
    interests: profileText,
  }),
  status: 200,
  answer: z.object({}),
});

export const signIn = operation({
  id: 'signIn',
  surface: 'counters',
  method: 'POST',
  path: '/auth/sign-in',
  summary: 'Open a session; its access token authorises, its refresh token gets the next pair',
  access: 'anyone',
  body: z.object({ email, password }),
  status: 200,
  answer: tokens,
  errors: [401],
});

export const refreshToken = operation({
  id: 'refreshToken',
  surface: 'counters',
  method: 'PUT',
  path: '/auth/token',
  summary: 'Exchange a refresh token for a new pair',
  description: 'The old refresh token is spent. Whoever uses a spent one ends the session with all its tokens.',
  access: 'anyone',
  body: z.object({ refresh_token: z.string() }),
  status: 200,
  answer: tokens,
  errors: [401],
});

export const getByEmail = operation({
  id: 'getByEmail',
  surface: 'counters',
  method: 'GET',
  path: '/auth/user/get-by-email',
  summary: 'Find a user by email',
  access: 'session',
  query: z.object({ email }),
  status: 200,
  answer: z.object({ user_id: z.uuid() }),
  errors: [404],
});
