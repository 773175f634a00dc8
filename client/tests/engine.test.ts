/** The client against the real API. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DescribedApi, DescribedAnswers } from '../../tests/support/described-answers.ts';
import { EngineProcess } from '../../tests/support/engine-process.ts';
import { CountersClient, type Credentials, MessengerClient, type MessengerOptions } from '../src/index.ts';

let engine: EngineProcess;
let options: MessengerOptions;
beforeAll(async () => {
  engine = await EngineProcess.start();
  const [baseUrl = ''] = engine.describe().apiUrls;
  const description: DescribedApi = JSON.parse(await (await fetch(`${baseUrl}/openapi.json`)).text());
  const described = new DescribedAnswers(description);
  options = {
    baseUrl,
    // Whatever is answered here is held against the description as well.
    fetch: async (request) => {
      const answer = await fetch(request);
      await described.check(request.method, new URL(request.url).pathname, answer.clone());
      return answer;
    },
  };
});
afterAll(() => engine.discard());

interface User {
  readonly client: MessengerClient;
  readonly credentials: Credentials;
  readonly user_id: string;
}

async function signInNewUser(): Promise<User> {
  const client = new MessengerClient(options);
  const credentials = { user_name: `user ${randomUUID()}`, password: randomUUID() };
  const { user_id } = await client.api.post('/v1/auth/register', { body: credentials });
  await client.logIn(credentials);
  return { client, credentials, user_id };
}

async function signUp(): Promise<{ client: CountersClient; email: string }> {
  const client = new CountersClient(options);
  const email = `${randomUUID()}@email.com`;
  const password = randomUUID();
  const profile = { name: 'Ann', surname: 'Lee', sex: 'f', city: 'Riga', interests: 'tea' };
  const birthday = '2000-01-02T00:00:00Z';
  await client.api.post('/auth/sign-up', { body: { email, password, birthday, ...profile } });
  await client.signIn({ email, password });
  return { client, email };
}

async function collect<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

describe('MessengerClient', () => {
  test('logs in, and out for good', async () => {
    const { client } = await signInNewUser();
    const { sessionId } = client;
    await client.logOut();
    expect(client.sessionId).toBeUndefined();
    client.sessionId = sessionId;
    await expect(client.api.get('/v1/chats')).rejects.toMatchObject({ status: 401, code: 'unauthorized' });
  });

  test('reads a chat page by page, in order', async () => {
    const { client } = await signInNewUser();
    const { chat_id } = await client.api.post('/v1/chats', { body: { chat_name: 'tea' } });
    const params = { path: { chat_id } };
    for (let index = 1; index <= 7; index++)
      await client.api.post('/v1/chats/{chat_id}/messages', { params, body: { message: `text ${index}` } });

    const messages = await collect(client.listMessages(chat_id, { limit: 3 }));
    expect(messages.map(({ seq, text }) => `${seq} ${text}`)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((seq) => `${seq} text ${seq}`),
    );
    const after = await collect(client.listMessages(chat_id, { after: 4, limit: 2 }));
    expect(after.map(({ seq }) => seq)).toEqual([5, 6, 7]);
  });

  test('lists every chat once, the latest first', async () => {
    const { client } = await signInNewUser();
    const created: string[] = [];
    for (let index = 0; index < 5; index++)
      created.push((await client.api.post('/v1/chats', { body: { chat_name: `chat ${index}` } })).chat_id);
    const listed = await collect(client.listChats({ limit: 2 }));
    expect(listed.map(({ chat_id }) => chat_id)).toEqual(created.toReversed());
  });

  test('lists every session once, the newest first', async () => {
    const { client, credentials } = await signInNewUser();
    await client.logOut();
    await client.logIn(credentials);
    const sessions = await collect(client.listSessions({ limit: 1 }));
    expect(sessions.map(({ current, end }) => [current, end])).toEqual([
      [true, undefined],
      [false, 'logout'],
    ]);
  });

  test('edits, deletes, adds, removes and marks as read', async () => {
    const [ann, bob] = await Promise.all([signInNewUser(), signInNewUser()]);
    const { chat_id } = await ann.client.api.post('/v1/chats', { body: { chat_name: 'tea' } });
    const params = { path: { chat_id } };
    await ann.client.api.post('/v1/chats/{chat_id}/users', { params, body: { user_name: bob.credentials.user_name } });
    await bob.client.api.post('/v1/chats/{chat_id}/messages', { params, body: { message: 'helo' } });
    await ann.client.api.post('/v1/chats/{chat_id}/read', { params, body: { seq: 1 } });
    const message = { params: { path: { chat_id, seq: 1 } } };
    const edited = await bob.client.api.patch('/v1/chats/{chat_id}/messages/{seq}', {
      ...message,
      body: { message: 'hello' },
    });
    expect(edited.text).toBe('hello');
    await ann.client.api.delete('/v1/chats/{chat_id}/messages/{seq}', message);
    await ann.client.api.delete('/v1/chats/{chat_id}/users/{user_id}', {
      params: { path: { chat_id, user_id: bob.user_id } },
    });
    await expect(bob.client.api.get('/v1/chats/{chat_id}', { params })).rejects.toMatchObject({
      status: 404,
      code: 'chat-not-found',
    });
  });

  test('is told that a request is too large', async () => {
    const client = new MessengerClient(options);
    const body = { user_name: 'ann', password: 'x'.repeat(5 * 1024 * 1024) };
    await expect(client.api.post('/v1/auth/login', { body })).rejects.toMatchObject({ status: 413, code: 413 });
  });

  test('tells every problem of bad parameters', async () => {
    const client = new MessengerClient(options);
    const body = { user_name: '', password: '' };
    const error = await client.api.post('/v1/auth/register', { body }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 400, code: 'bad-parameters' });
    expect(error).toHaveProperty('problems', [
      expect.objectContaining({ loc: ['body', 'user_name'] }),
      expect.objectContaining({ loc: ['body', 'password'] }),
    ]);
  });
});

describe('CountersClient', () => {
  test('signs in, finds somebody and opens the chat of two', async () => {
    const [ann, bob] = await Promise.all([signUp(), signUp()]);
    const query = { email: bob.email };
    const { user_id } = await ann.client.api.get('/auth/user/get-by-email', { params: { query } });
    const { chat_id } = await ann.client.api.post('/messenger/create-chat', { body: { companion_id: user_id } });
    const { total, chats } = await bob.client.api.get('/messenger/chats');
    expect({ total, ids: chats.map(({ id }) => id) }).toEqual({ total: 1, ids: [chat_id] });
    const page = await bob.client.api.get('/messenger/messages', { params: { query: { chat_id } } });
    expect(page).toEqual({ total: 0, limit: 20, offset: 0, messages: [] });
  });

  test('goes on with a new pair when the access token is refused', async () => {
    const { client } = await signUp();
    const { tokens } = client;
    if (tokens === undefined) throw new Error('signing in gives tokens');
    client.tokens = { ...tokens, access_token: 'expired' };
    expect((await client.api.get('/messenger/chats')).total).toBe(0);
    expect(client.tokens.refresh_token).not.toBe(tokens.refresh_token);
  });
});

test("the README's examples run, one after the other", () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const examples = Array.from(readme.matchAll(/```ts\n(.*?)```/gs), ([, example]) => example);
  const source = new URL('../src/index.ts', import.meta.url).href;
  const script = examples
    .join('')
    .replace('serverless-messenger-client', source)
    .replace('http://127.0.0.1:8081', options.baseUrl);
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', script];
  const expected = '1 hello\nopen\n2 stored once, and in the order of the calls\nclosed\n';
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe(expected);
});
