/** Texts, senders' names and keys never reach a log. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineProcess } from '../support/engine-process.ts';
import { call, postMessage } from '../support/open-stream-client.ts';

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start({ environment: { LAMBDA_MODE: 'lambda' } });
});
afterAll(() => engine.discard());

test('of any request, good or bad, also when the store has gone', async () => {
  const secret = randomUUID();
  const [url] = engine.describe().apiUrls;
  const send = (text: unknown, key = `${secret} key`) => postMessage(url!, { sender: `${secret} sender`, text }, key);
  expect((await send(`${secret} text`)).status).toBe(200);
  expect((await send(`${secret} other text`)).status).toBe(409);
  expect((await send({ [secret]: true })).status).toBe(422);
  expect((await call(`${url}/?token=${secret}`, 'GET')).status).toBe(200);
  await Promise.all(Array.from({ length: 60 }, (_, index) => send(`${secret} ${index}`, `${secret} ${index}`)));
  const [store] = engine.listChildren();
  process.kill(store!, 'SIGSTOP');
  expect((await send(`${secret} unanswered`, `${secret} last`)).status).toBe(503);
  process.kill(store!, 'SIGCONT');
  await engine.end('SIGTERM');

  const folder = path.join(engine.dataFolder, 'logs');
  const logs = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const all = [...logs, engine.output].join('\n');
  expect(all).toContain('the store was unavailable');
  expect(all).toContain('/send_message');
  expect(all).not.toContain(secret);
});
