/** Live connections to the real API. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import WebSocket from 'ws';
import { EngineProcess } from '../../tests/support/engine-process.ts';
import { type LiveMessenger, type LiveOptions, MessengerClient } from '../src/index.ts';
import { noteHandlers } from './live-fixture.ts';

let engine: EngineProcess;
let baseUrl = '';
beforeAll(async () => {
  engine = await EngineProcess.start();
  [baseUrl = ''] = engine.describe().apiUrls;
});
afterAll(() => engine.discard());

interface User {
  readonly client: MessengerClient;
  readonly user_id: string;
  readonly user_name: string;
}

interface Device {
  readonly live: LiveMessenger;
  /** What was told; of presence and marks, whoever is not ann is bob. */
  readonly told: string[];
}

async function signInNewUser(): Promise<User> {
  const client = new MessengerClient({ baseUrl });
  const credentials = { user_name: `user ${randomUUID()}`, password: randomUUID() };
  const { user_id } = await client.api.post('/v1/auth/register', { body: credentials });
  await client.logIn(credentials);
  return { client, user_id, user_name: credentials.user_name };
}

/** Ends with the test. */
async function connect({ client, user_id }: User, options: Partial<LiveOptions> = {}): Promise<Device> {
  const told: string[] = [];
  const live = await client.connect({ userId: user_id, on: noteHandlers(told), ...options });
  onTestFinished(() => live.close());
  await vi.waitFor(() => expect(live.state).toBe('open'), { timeout: 10_000 });
  return { live, told };
}

async function createChat(owner: User, ...others: readonly User[]): Promise<string> {
  const { chat_id } = await owner.client.api.post('/v1/chats', { body: { chat_name: 'tea' } });
  for (const { user_name } of others)
    await owner.client.api.post('/v1/chats/{chat_id}/users', { params: { path: { chat_id } }, body: { user_name } });
  return chat_id;
}

const WAIT = { timeout: 10_000 };

test('two users and a second device are given every message once and in order', async () => {
  const [ann, bob] = await Promise.all([signInNewUser(), signInNewUser()]);
  const chat = await createChat(ann, bob);
  const devices = await Promise.all([connect(ann), connect(ann), connect(bob)]);
  const sends = Array.from({ length: 30 }, (_, index) => devices[index % 3]!.live.send(chat, `text ${index}`));
  const seqs = await Promise.all(sends);
  expect(seqs.toSorted((one, other) => one - other)).toEqual(seqs.map((_, index) => index + 1));
  for (const first of [0, 1, 2]) {
    const own = seqs.filter((_, index) => index % 3 === first);
    expect(own).toEqual(own.toSorted((one, other) => one - other));
  }
  const expected = seqs.map((_, index) => `message ${index + 1} text ${seqs.indexOf(index + 1)}`);
  for (const device of devices) await expect.poll(() => device.told, WAIT).toEqual(expected);
});

test('a message is stored once, whoever repeats it and how', async () => {
  const ann = await signInNewUser();
  const chat = await createChat(ann);
  const { live } = await connect(ann);
  expect(await live.send(chat, 'hello', { clientId: 'mine' })).toBe(1);
  expect(await live.send(chat, 'hello', { clientId: 'mine' })).toBe(1);
  const params = { path: { chat_id: chat }, header: { 'Idempotency-Key': 'mine' } };
  const { message_id } = await ann.client.api.post('/v1/chats/{chat_id}/messages', {
    params,
    body: { message: 'hello' },
  });
  expect(message_id).toBe('1');
  await expect(live.send(chat, 'other', { clientId: 'mine' })).rejects.toMatchObject({ status: 409 });
  expect(await live.send(chat, 'other')).toBe(2);
});

test('the longest text goes through', async () => {
  const ann = await signInNewUser();
  const chat = await createChat(ann);
  const { live } = await connect(ann);
  expect(await live.send(chat, '😀'.repeat(4096))).toBe(1);
  expect(await live.send(chat, '\u0001'.repeat(4096))).toBe(2);
});

test('what others do is told: edits, deletions, marks, typing and presence', async () => {
  const [ann, bob] = await Promise.all([signInNewUser(), signInNewUser()]);
  const chat = await createChat(ann, bob);
  const [device, other] = await Promise.all([connect(ann), connect(bob)]);
  await other.live.send(chat, 'helo');
  await expect.poll(() => device.told, WAIT).toEqual(['message 1 helo']);
  const message = { params: { path: { chat_id: chat, seq: 1 } } };
  await bob.client.api.patch('/v1/chats/{chat_id}/messages/{seq}', { ...message, body: { message: 'hello' } });
  await vi.waitFor(() => expect(device.told).toContain('edit 1 hello'));
  await bob.client.api.delete('/v1/chats/{chat_id}/messages/{seq}', message);
  await vi.waitFor(() => expect(device.told).toContain('delete 1'));
  other.live.typing(chat);
  other.live.setPresence(chat, 'online');
  await vi.waitFor(() => expect(device.told).toEqual(expect.arrayContaining(['typing bob', 'presence bob online'])));
  await ann.client.api.post('/v1/chats/{chat_id}/read', { params: { path: { chat_id: chat } }, body: { seq: 1 } });
  await vi.waitFor(() => expect(other.told).toContain('read bob 1'));
  other.live.close();
  await vi.waitFor(() => expect(device.told.at(-1)).toBe('presence bob offline'));
});

test('a socket of the npm package ws will do', async () => {
  const ann = await signInNewUser();
  const chat = await createChat(ann);
  const { live } = await connect(ann, { WebSocket });
  expect(await live.send(chat, 'hello')).toBe(1);
});

test('from a position that was kept everything is given that has happened since', async () => {
  const [ann, bob] = await Promise.all([signInNewUser(), signInNewUser()]);
  const chat = await createChat(ann, bob);
  const first = await connect(ann);
  await first.live.send(chat, 'one');
  first.live.close();
  const { position } = first.live;
  const other = await connect(bob);
  await other.live.send(chat, 'two');
  const joined = await createChat(bob, ann);
  await other.live.send(joined, 'three');
  const device = await connect(ann, { position });
  await vi.waitFor(() => expect(device.told).toHaveLength(3));
  expect(device.told.toSorted()).toEqual(['joined tea', 'message 1 three', 'message 2 two']);
});

test('who is added to a chat, and removed from it, is told when something happens', async () => {
  const [ann, bob] = await Promise.all([signInNewUser(), signInNewUser()]);
  const device = await connect(bob, { syncEveryMs: 300 });
  const chat = await createChat(ann, bob);
  await expect.poll(() => device.told, WAIT).toEqual(['joined tea']);
  await ann.client.api.delete('/v1/chats/{chat_id}/users/{user_id}', {
    params: { path: { chat_id: chat, user_id: bob.user_id } },
  });
  await expect.poll(() => device.told, WAIT).toEqual(['joined tea', 'left']);
});

describe('the session', () => {
  test('ends, and the connection with it', async () => {
    const ann = await signInNewUser();
    const device = await connect(ann);
    await ann.client.api.post('/v1/auth/logout');
    await expect.poll(() => device.told, WAIT).toEqual(['ended SessionOverError']);
  });

  test('is followed by another one', async () => {
    const client = new MessengerClient({ baseUrl });
    const credentials = { user_name: `user ${randomUUID()}`, password: randomUUID() };
    const { user_id } = await client.api.post('/v1/auth/register', { body: credentials });
    await client.logIn(credentials);
    const ann = { client, user_id, user_name: credentials.user_name };
    const chat = await createChat(ann);
    const { live } = await connect(ann, { renewSession: () => client.logIn(credentials) });
    await client.api.post('/v1/auth/logout');
    expect(await live.send(chat, 'hello')).toBe(1);
  });
});

test('messages that are sent while the engine is away are stored once it is back', async () => {
  const environment = { API_PORT: new URL(baseUrl).port, AWS_PORT: '0' };
  const ann = await signInNewUser();
  const chat = await createChat(ann);
  const { live, told } = await connect(ann);
  await live.send(chat, 'one');
  await engine.end('SIGKILL');
  const sends = ['two', 'three'].map((text) => live.send(chat, text));
  await sleep(500);
  expect(live.state).not.toBe('open');
  engine = await EngineProcess.start({ dataFolder: engine.dataFolder, environment });
  expect(await Promise.all(sends)).toEqual([2, 3]);
  expect(told).toEqual(['message 1 one', 'message 2 two', 'message 3 three']);
});
