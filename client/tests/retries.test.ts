/** What the client makes of a server that fails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CountersClient, MessengerClient, MessengerError, NoAnswerError } from '../src/index.ts';
import { ScriptedServer, type Step } from './scripted-server.ts';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.close());

const CHATS: Step = { status: 200, body: { chats: [] } };
const CREATED: Step = { status: 201, body: { chat_id: '7f1ed4ee-4f5c-4bd5-8a3e-d3b6a4e4f4c1' } };
const UNAVAILABLE: Step = { status: 503, body: { message: 'service-unavailable', detail: 'away' } };
const THROTTLED: Step = { status: 429, body: { code: 429, message: 'too-many-requests' } };

function connect(options: { maxAttempts?: number; timeoutMs?: number } = {}): MessengerClient {
  return new MessengerClient({ baseUrl: server.url, ...options });
}

function createChat(client: MessengerClient, init: { signal?: AbortSignal } = {}) {
  return client.api.post('/v1/chats', { body: { chat_name: 'tea' }, ...init });
}

const keysOf = () => server.received.map(({ headers }) => headers['idempotency-key']);

test.each<[string, Step]>([
  ['503', UNAVAILABLE],
  ['429', THROTTLED],
  ['a connection that is cut', 'cut'],
  ['an answer that breaks off', 'cut in the middle'],
])('after %s the request is sent again', async (_, failure) => {
  server.script(failure, failure, CHATS);
  expect(await connect().api.get('/v1/chats')).toEqual({ chats: [] });
  expect(server.received.length).toBe(3);
});

test('a POST has the same Idempotency-Key and body in every attempt', async () => {
  server.script('cut', UNAVAILABLE, 'cut in the middle', CREATED);
  await createChat(connect());
  const [key, ...others] = keysOf();
  expect(key).toMatch(/^[\da-f-]{36}$/);
  expect(others).toEqual([key, key, key]);
  expect(new Set(server.received.map(({ body }) => body))).toEqual(new Set(['{"chat_name":"tea"}']));
});

test('two POSTs have two keys, and a key of the caller is kept', async () => {
  server.script(CREATED, CREATED, 'cut', CREATED);
  const client = connect();
  await createChat(client);
  await createChat(client);
  const header = { 'Idempotency-Key': 'mine' };
  await client.api.post('/v1/chats', { params: { header }, body: { chat_name: 'tea' } });
  const [first, second, ...own] = keysOf();
  expect(first).not.toBe(second);
  expect(own).toEqual(['mine', 'mine']);
});

test('what is not a POST has no key', async () => {
  server.script(CHATS);
  await connect().api.get('/v1/chats');
  expect(keysOf()).toEqual([undefined]);
});

describe('after the last attempt', () => {
  test('a refusal is thrown with its status, code and time', async () => {
    server.script({ ...THROTTLED, headers: { 'Retry-After': '0' } }, { ...THROTTLED, headers: { 'Retry-After': '7' } });
    const error = await connect({ maxAttempts: 2 })
      .api.get('/v1/chats')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MessengerError);
    expect(error).toMatchObject({ status: 429, code: 'too-many-requests', retryAfterMs: 7_000 });
    expect(server.received.length).toBe(2);
  });

  test('no answer is thrown with its cause, and without the query', async () => {
    server.script('cut', 'cut');
    const query = { user_name: 'ann' };
    const error = await connect({ maxAttempts: 2 })
      .api.get('/v1/users', { params: { query } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ message: 'GET /v1/users was not answered', cause: expect.any(TypeError) });
  });
});

test('Retry-After is waited for', async () => {
  server.script({ ...UNAVAILABLE, headers: { 'Retry-After': '1' } }, CHATS);
  const start = performance.now();
  await connect().api.get('/v1/chats');
  // Node.js may fire a timer a little early.
  expect(performance.now() - start).toBeGreaterThan(990);
});

test('whoever would have to wait too long is told at once', async () => {
  server.script({ ...THROTTLED, headers: { 'Retry-After': '3600' } });
  await expect(connect().api.get('/v1/chats')).rejects.toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
  expect(server.received.length).toBe(1);
});

test('other refusals are not repeated', async () => {
  const problems = [{ loc: ['body', 'chat_name'], msg: 'must be 1 to 128 characters long', type: 'invalid_value' }];
  server.script({ status: 400, body: { message: 'bad-parameters', detail: 'body.chat_name: ...', problems } });
  await expect(createChat(connect())).rejects.toMatchObject({ status: 400, code: 'bad-parameters', problems });
  expect(server.received.length).toBe(1);
});

test('a refusal that is no JSON has its status', async () => {
  server.script({ status: 502, headers: { 'Content-Type': 'text/html' } });
  await expect(connect().api.get('/v1/chats')).rejects.toMatchObject({ status: 502, code: 502 });
});

test('an attempt ends after its time, and the next one may succeed', async () => {
  server.script('silence', CHATS);
  expect(await connect({ timeoutMs: 200 }).api.get('/v1/chats')).toEqual({ chats: [] });
});

describe('a signal', () => {
  const reason = new Error('not needed any more');

  test('ends an attempt', async () => {
    server.script('silence');
    const abort = new AbortController();
    const call = createChat(connect(), { signal: abort.signal });
    setTimeout(() => abort.abort(reason), 50);
    await expect(call).rejects.toBe(reason);
    expect(server.received.length).toBe(1);
  });

  // The test ends before that time.
  test('ends the time between attempts', { timeout: 10_000 }, async () => {
    server.script({ ...UNAVAILABLE, headers: { 'Retry-After': '20' } });
    const abort = new AbortController();
    const call = createChat(connect(), { signal: abort.signal });
    setTimeout(() => abort.abort(reason), 200);
    await expect(call).rejects.toBe(reason);
  });

  test('ends a list', async () => {
    const message = { message_id: '1', seq: 1, user_id: 'u', text: 't', created_at: '2026-01-01T00:00:00.000Z' };
    server.script({ status: 200, body: { messages: [message], next: { iterator: '2' } } }, 'silence');
    const abort = new AbortController();
    const messages = connect().listMessages('c', { signal: abort.signal });
    await messages.next();
    setTimeout(() => abort.abort(reason), 50);
    await expect(messages.next()).rejects.toBe(reason);
  });
});

describe('the tokens of counters', () => {
  const PAIR = { access_token: 'access 1', refresh_token: 'refresh 1' };
  const NEXT_PAIR = { access_token: 'access 2', refresh_token: 'refresh 2' };
  const EXPIRED: Step = { status: 401, body: { code: 401, message: 'there is no such session' } };
  const LIST: Step = { status: 200, body: { total: 0, limit: 20, offset: 0, chats: [] } };

  function signedIn(): CountersClient {
    const client = new CountersClient({ baseUrl: server.url });
    client.tokens = PAIR;
    return client;
  }

  test('are exchanged when the access token has expired', async () => {
    server.script(EXPIRED, { status: 200, body: NEXT_PAIR }, LIST);
    const client = signedIn();
    expect(await client.api.get('/messenger/chats')).toEqual(LIST.body);
    expect(server.received.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/messenger/chats', 'access 1'],
      ['/auth/token', undefined],
      ['/messenger/chats', 'access 2'],
    ]);
    expect(client.tokens).toEqual(NEXT_PAIR);
  });

  test('are exchanged once by calls that fail together', async () => {
    server.script({ status: 200, body: NEXT_PAIR });
    const client = signedIn();
    await Promise.all([client.refresh(), client.refresh()]);
    expect(server.received.length).toBe(1);
  });

  test('are not exchanged again when it is unknown whether they were', async () => {
    server.script('cut');
    await expect(signedIn().refresh()).rejects.toBeInstanceOf(NoAnswerError);
    server.script(UNAVAILABLE);
    await expect(signedIn().refresh()).rejects.toMatchObject({ status: 503 });
    expect(server.received.length).toBe(1);
  });

  test('of a session that is over lead to 401', async () => {
    server.script(EXPIRED, EXPIRED);
    await expect(signedIn().api.get('/messenger/chats')).rejects.toMatchObject({ status: 401, code: 401 });
    expect(server.received.length).toBe(2);
  });
});
