/** A chat as a user runs it, in plain lines, with a server that does what it is told. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ANN, BOB, CHAT, listedChat, OTHER_CHAT } from '../../client/tests/live-fixture.ts';
import { LiveServer, NOTHING_NEW } from '../../client/tests/live-server.ts';
import { ChatProcess } from './testing/chat-process.ts';

const TIMEOUT = { timeout: 30_000 };

/** A server with one chat, of ann and so many others. */
async function startServer(members = 2): Promise<LiveServer> {
  const server = await LiveServer.start();
  onTestFinished(() => server.close());
  server.put('/ping', {});
  server.put('/v1/auth/login', { session_id: 'session' });
  server.put('/v1/users', { user_id: ANN, user_name: 'ann' });
  server.put('/v1/sync', NOTHING_NEW);
  server.put('/v1/chats', { chats: [listedChat(CHAT, 0)] });
  const ids = [ANN, BOB, ...Array.from({ length: members - 2 }, (_, index) => `other ${index}`)];
  server.put(`/v1/chats/${CHAT}`, {
    ...listedChat(CHAT, 0),
    chat_name: 'tea',
    seq: 0,
    members: ids.map((user_id) => ({ user_id, user_name: `name of ${user_id}`, role: 'member', read_seq: 0 })),
  });
  return server;
}

function start({ url }: LiveServer): ChatProcess {
  return new ChatProcess(['--url', url, '--user', 'ann', '--chat', CHAT]);
}

test('Ctrl-C ends the waiting for what cannot be sent, and says so', TIMEOUT, async () => {
  const server = await startServer();
  const chat = start(server);
  chat.type('hello');
  const ended = chat.end();
  const socket = await server.nextSocket();
  expect((await socket.nextMessage()).text).toBe('hello');
  chat.interrupt();
  expect(await ended).toBe(1);
  expect(chat.stderr).toContain('of your messages 1 may not have been sent');
  await socket.closed;
});

test('Ctrl-C ends it before it is connected', TIMEOUT, async () => {
  const server = await startServer();
  server.put('/v1/sync', 'silence');
  const chat = start(server);
  await expect.poll(() => server.requests, TIMEOUT).toContain('/v1/sync');
  chat.interrupt();
  // With npm it comes twice: from the terminal, and from npm itself.
  await sleep(200);
  chat.interrupt();
  expect(await chat.ended()).toBe(0);
  expect(chat.stderr).toBe('');
});

test.each([
  ['a small chat', 8, 2],
  ['no large one', 9, 1],
])('who comes to %s is told that the user is there', TIMEOUT, async (_, members, frames) => {
  const server = await startServer(members);
  const chat = start(server);
  await chat.says('tea: nothing has been said yet');
  const socket = await server.nextSocket();
  await socket.next('presence');
  const until = new Date().toISOString();
  socket.send('presence', { chat_id: CHAT, user_id: BOB, status: 'online', until });
  chat.type('/who');
  await chat.shows(/name of 2222.+online/);
  // Frames of one socket come in order.
  chat.type('hello');
  await socket.nextMessage();
  expect(socket.received.filter(({ action }) => action === 'presence')).toHaveLength(frames);
});

test('that what was missed cannot be fetched is said once', TIMEOUT, async () => {
  const server = await startServer();
  const chat = start(server);
  await chat.says('tea: nothing has been said yet');
  const socket = await server.nextSocket();
  server.put('/v1/sync', 500);
  socket.send('latest', { chat_id: OTHER_CHAT, seq: 1 });
  await chat.says('what was missed cannot be fetched yet');
  server.requests.length = 0;
  await expect.poll(() => server.requests.length, TIMEOUT).toBeGreaterThan(3);
  expect(chat.stderr.match(/cannot be fetched/g)).toHaveLength(1);
});
