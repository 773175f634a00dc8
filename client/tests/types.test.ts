/** What the compiler lets through: `npm run types` fails if one of these lines is no mistake any more. */
import { expect, expectTypeOf, test } from 'vitest';
import { MessengerClient } from '../src/index.ts';

const { api } = new MessengerClient({ baseUrl: 'http://127.0.0.1' });

const createChat = () => api.post('/v1/chats', { body: { chat_name: 'tea' } });
const removeMember = () =>
  api.delete('/v1/chats/{chat_id}/users/{user_id}', { params: { path: { chat_id: '', user_id: '' } } });

const mistakes = [
  // @ts-expect-error a body is required
  () => api.post('/v1/chats'),
  // @ts-expect-error so is each of its fields
  () => api.post('/v1/auth/login', { body: { user_name: 'ann' } }),
  // @ts-expect-error and each parameter of a path
  () => api.get('/v1/chats/{chat_id}'),
  // @ts-expect-error a parameter has its type
  () => api.get('/v1/chats', { params: { query: { limit: 'ten' } } }),
  // @ts-expect-error there is no such path
  () => api.get('/v1/nothing'),
  // @ts-expect-error nor this method of one
  () => api.patch('/v1/chats', { body: {} }),
];

test('answers have the types of the description', () => {
  type Created = Awaited<ReturnType<typeof createChat>>;
  expectTypeOf<Created>().toEqualTypeOf<{ chat_id: string }>();
  type Removed = Awaited<ReturnType<typeof removeMember>>;
  expectTypeOf<Removed>().toEqualTypeOf<undefined>();
  expect(mistakes).toHaveLength(6);
});
