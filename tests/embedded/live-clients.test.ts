/** Clients over a network that drops, delays, doubles and cuts, and an engine that is killed: each ends with the stored list. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type LiveMessenger, MessengerClient } from '../../client/src/index.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { FaultySocketProxy } from '../support/faulty-socket-proxy.ts';
import { findFreePort } from '../support/find-free-port.ts';

const started: { discard(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of started.splice(0).toReversed()) await each.discard();
});

const USERS = 3;
const MESSAGES = 12;

/** What a client has been told of a chat, and how its sends ended. */
interface Device {
  readonly client: MessengerClient;
  readonly live: LiveMessenger;
  readonly texts: string[];
}

async function startEngine(mode: string): Promise<{ engine: EngineProcess; restart: () => Promise<void> }> {
  const environment = {
    LAMBDA_MODE: mode,
    API_PORT: String(await findFreePort()),
    AWS_PORT: String(await findFreePort()),
    THROTTLE: 'off',
    SESSION_THROTTLE: 'off',
  };
  const engine = await EngineProcess.start({ environment });
  started.push(engine);
  const restart = async (): Promise<void> => {
    await engine.end('SIGKILL');
    started.push(await EngineProcess.start({ environment, dataFolder: engine.dataFolder }));
  };
  return { engine, restart };
}

async function signIn(baseUrl: string): Promise<{ client: MessengerClient; userId: string; userName: string }> {
  const client = new MessengerClient({ baseUrl, maxAttempts: 20 });
  const credentials = { user_name: `user ${randomUUID()}`, password: randomUUID() };
  const { user_id: userId } = await client.api.post('/v1/auth/register', { body: credentials });
  await client.logIn(credentials);
  return { client, userId, userName: credentials.user_name };
}

async function connect(
  { client, userId }: { client: MessengerClient; userId: string },
  socketUrl: string,
): Promise<Device> {
  const texts: string[] = [];
  const live = await client.connect({
    userId,
    socketUrl,
    timeoutMs: 700,
    on: { message: ({ text }) => void texts.push(text) },
  });
  started.push({ discard: async () => live.close() });
  return { client, live, texts };
}

test.each([
  ['managed', 1],
  ['managed', 2],
  ['lambda', 3],
])('in the mode %s, with the seed %i', { timeout: 180_000 }, async (mode, seed) => {
  const { engine, restart } = await startEngine(mode);
  const [baseUrl = ''] = engine.describe().apiUrls;
  const proxy = await FaultySocketProxy.start(engine.describe().outputs['Messenger']!['SocketUrl']!, seed);
  started.push({ discard: () => proxy.close() });
  const users = await Promise.all(Array.from({ length: USERS }, () => signIn(baseUrl)));
  const [owner] = users;
  const { chat_id: chatId } = await owner!.client.api.post('/v1/chats', { body: { chat_name: 'tea' } });
  for (const { userName } of users.slice(1))
    await owner!.client.api.post('/v1/chats/{chat_id}/users', {
      params: { path: { chat_id: chatId } },
      body: { user_name: userName },
    });
  // One of them has two devices.
  const devices = await Promise.all([...users, owner!].map((user) => connect(user, proxy.url)));

  const sending = devices.flatMap(({ live }, device) =>
    Array.from({ length: MESSAGES }, (_, index) => live.send(chatId, `${device}: ${index}`)),
  );
  await sleep(1_000);
  await restart();
  const seqs = await Promise.all(sending);
  proxy.isFaulty = false;

  const stored: string[] = [];
  for await (const { text } of owner!.client.listMessages(chatId)) stored.push(text);
  expect(stored).toHaveLength(devices.length * MESSAGES);
  for (const [index] of devices.entries())
    expect(stored.filter((text) => text.startsWith(`${index}:`))).toEqual(
      Array.from({ length: MESSAGES }, (_, message) => `${index}: ${message}`),
    );
  expect(seqs.map((seq) => stored[seq - 1])).toEqual(
    devices.flatMap((_, device) => Array.from({ length: MESSAGES }, (__, index) => `${device}: ${index}`)),
  );
  for (const { texts } of devices) await expect.poll(() => texts, { timeout: 60_000 }).toEqual(stored);
});
