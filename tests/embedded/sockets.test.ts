/** Sockets of an engine that is killed and started again: nothing stays that would be in the way, and nothing is lost. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { syncChats } from '../../shared/contract/v1/sync.ts';
import { ApiClient } from '../support/api-client.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { createGroup, readAll, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';
import { TestSocket } from '../support/test-socket.ts';

const engines: EngineProcess[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.discard();
});

async function start(environment: Record<string, string>, dataFolder?: string): Promise<EngineProcess> {
  const engine = await EngineProcess.start({ environment, ...(dataFolder !== undefined && { dataFolder }) });
  engines.push(engine);
  return engine;
}

const socketUrlOf = (engine: EngineProcess): string => engine.describe().outputs['Messenger']!['SocketUrl']!;

const readLogs = (dataFolder: string): string =>
  globSync('logs/**/*.log', { cwd: dataFolder })
    .map((file) => readFileSync(path.join(dataFolder, file), 'utf8'))
    .join('');

test.each(['managed', 'lambda'])('in the mode %s', async (mode) => {
  const ports = { API_PORT: String(await findFreePort()), AWS_PORT: String(await findFreePort()) };
  const environment = { ...ports, LAMBDA_MODE: mode };
  const engine = await start(environment);
  const [baseUrl = ''] = engine.describe().apiUrls;
  const [ann, bob] = [await signInNewUser(baseUrl, 'ann'), await signInNewUser(baseUrl, 'bob')];
  const chatId = await createGroup(ann, bob);
  const { cursor } = await bob.api.ask(syncChats);
  const before = await Promise.all([1, 2, 3].map(() => TestSocket.open(socketUrlOf(engine), bob.token)));
  await send(ann, chatId, 'one');
  for (const socket of before) await expect.poll(() => socket.messages).toEqual(['one']);

  await engine.end('SIGKILL');
  for (const socket of before) expect(await socket.closed()).toBe(1006);
  const next = await start(environment, engine.dataFolder);
  const socket = await TestSocket.open(socketUrlOf(next), bob.token);
  await send(ann, chatId, 'two', 'three');
  await expect.poll(() => socket.messages, { timeout: 20_000 }).toEqual(['two', 'three']);
  socket.sendMessages(chatId, ['four'], 'mine');
  expect(await socket.next('ack')).toMatchObject({ seq: 4 });

  const { chats } = await bob.api.ask(syncChats, { query: { since: cursor } });
  expect(chats.map(({ messages }) => messages.map(({ text }) => text))).toEqual([['one', 'two', 'three', 'four']]);
  expect((await readAll(ann, chatId)).map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four']);
  socket.close();
});

test('an engine that is stopped tells its sockets that it goes', async () => {
  const engine = await start({});
  const ann: SignedInUser = await signInNewUser(engine.describe().apiUrls[0]!, 'ann');
  const socket = await TestSocket.open(socketUrlOf(engine), ann.token);
  await engine.end('SIGTERM');
  expect(await socket.closed()).toBe(1001);
});

test('no token of a socket reaches a log', async () => {
  const engine = await start({});
  const [baseUrl = ''] = engine.describe().apiUrls;
  const ann = await signInNewUser(baseUrl, 'ann');
  const socket = await TestSocket.open(socketUrlOf(engine), ann.token);
  const secretText = 'a text that nobody logs';
  const chatId = await createGroup(ann);
  socket.sendMessages(chatId, [secretText], 'mine');
  await socket.next('ack');
  socket.sendText(`{"topic":"messenger","action":"send-message","payload":"${secretText}"}`);
  await socket.next('error');
  await TestSocket.open(socketUrlOf(engine), `${ann.token.slice(0, -4)}AAAA`).catch(() => {});
  socket.close();
  await new ApiClient(baseUrl).call({ method: 'GET', path: '/ping', surface: 'v1' });
  await engine.end('SIGTERM');
  const logs = readLogs(engine.dataFolder) + engine.output;
  expect(logs).toContain('"eventType":"CONNECT"');
  for (const secret of [ann.token.slice(0, -4), secretText, 'token=']) expect(logs).not.toContain(secret);
});
