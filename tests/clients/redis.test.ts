/** The message cache in a real Redis (Debian's redis-server): shared, and nothing that anything depends on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { EngineProcess } from '../support/engine-process.ts';
import { FAN_OUT_TIME_MS } from '../support/fan-out-time.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { createGroup, readAll, send } from '../support/group-chat.ts';
import { signInNewUser } from '../support/signed-in-user.ts';

/** More than a block of the history that is cached as a whole, and what stays in the head. */
const MESSAGES = 140;

let port = 0;
let redis: ChildProcess;
let engine: EngineProcess;

async function startRedis(): Promise<ChildProcess> {
  const child = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--daemonize',
    'no',
  ]);
  await vi.waitFor(async () => void (await listKeys()), { timeout: 10_000 });
  return child;
}

async function listKeys(): Promise<string[]> {
  const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.keys('*');
  } finally {
    client.destroy();
  }
}

beforeAll(async () => {
  port = await findFreePort();
  redis = await startRedis();
  const environment = {
    CACHE: 'redis',
    REDIS_URL: `redis://127.0.0.1:${port}`,
    THROTTLE: 'off',
    SESSION_THROTTLE: 'off',
  };
  engine = await EngineProcess.start({ environment });
});
afterAll(async () => {
  redis.kill();
  await engine.discard();
});

test('keeps whole blocks of the history, and while it is away they are read from the store', async () => {
  const user = await signInNewUser(engine.describe().apiUrls[0]!, 'ann');
  const chatId = await createGroup(user);
  const all = Array.from({ length: MESSAGES }, (_, index) => `message ${index + 1}`);
  await send(user, chatId, ...all);
  const readTexts = async (): Promise<string[]> => (await readAll(user, chatId)).map(({ text }) => text);
  const key = `${chatId}/1-100/0`;

  // A block is cached once the consumer has archived it.
  await vi.waitFor(
    async () => {
      expect(await readTexts()).toEqual(all);
      expect(await listKeys()).toContain(key);
    },
    { timeout: FAN_OUT_TIME_MS, interval: 500 },
  );
  expect(await readTexts()).toEqual(all);

  redis.kill('SIGKILL');
  await once(redis, 'exit');
  expect(await readTexts()).toEqual(all);

  redis = await startRedis();
  await vi.waitFor(
    async () => {
      expect(await readTexts()).toEqual(all);
      expect(await listKeys()).toContain(key);
    },
    { timeout: FAN_OUT_TIME_MS, interval: 500 },
  );
});
