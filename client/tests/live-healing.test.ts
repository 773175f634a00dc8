/** Every message is given once and in order, whatever frames do. */
import { expect, test, vi } from 'vitest';
import {
  BOB,
  changedChat,
  CHAT,
  EDIT_TIME,
  frameMessage,
  frameMessages,
  listedMessage,
  listedPage,
  MESSAGES,
  openFixture,
} from './live-fixture.ts';
import { NOTHING_NEW } from './live-server.ts';
import type { ScriptedSocket } from './scripted-socket.ts';

const LATER = '2026-01-03T00:00:00.000Z';

const WAIT = { timeout: 5_000 };

/** Frames of one socket are taken in order, so that once this one is all before it are. */
async function taken(socket: ScriptedSocket, told: string[]): Promise<void> {
  socket.send('typing', { chat_id: CHAT, user_id: BOB });
  await vi.waitFor(() => expect(told.at(-1)).toBe('typing bob'));
  told.pop();
}

test('what was there before is not given, nor asked for', async () => {
  const { told, socket } = await openFixture();
  socket.send('latest', { chat_id: CHAT, seq: 7 });
  socket.send('send-message', frameMessages(6, 7));
  await taken(socket, told);
  expect(told).toEqual([]);
});

test('frames that overtake each other or come twice are put in order, with no request', async () => {
  const { told, socket, server } = await openFixture();
  socket.send('send-message', frameMessages(10));
  socket.send('send-message', frameMessages(9, 10));
  socket.send('latest', { chat_id: CHAT, seq: 10 });
  socket.send('send-message', frameMessages(8));
  socket.send('send-message', frameMessages(8, 9));
  await taken(socket, told);
  expect(told).toEqual(['message 8 text 8', 'message 9 text 9', 'message 10 text 10']);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(server.requests).toEqual([]);
});

test('a gap is filled from the list, and what came early follows', async () => {
  const { told, socket, server } = await openFixture();
  server.put(MESSAGES, listedPage(8, 9));
  socket.send('send-message', frameMessages(10));
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8', 'message 9 text 9', 'message 10 text 10']);
  expect(server.requests).toEqual([`${MESSAGES}?after=7&limit=1000`]);
});

test('a gap is filled page by page', async () => {
  const { told, socket, server } = await openFixture();
  server.put(MESSAGES, { ...listedPage(8, 9), next: { iterator: '10' } }, listedPage(10, 11));
  socket.send('latest', { chat_id: CHAT, seq: 11 });
  await expect
    .poll(() => told, WAIT)
    .toEqual(['message 8 text 8', 'message 9 text 9', 'message 10 text 10', 'message 11 text 11']);
  expect(server.requests.at(-1)).toBe(`${MESSAGES}?after=9&limit=1000`);
});

test('what the newest number shows to be missing is fetched', async () => {
  const { told, socket, server } = await openFixture();
  server.put(MESSAGES, listedPage(8, 8));
  socket.send('latest', { chat_id: CHAT, seq: 8 });
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8']);
});

test('a list that fails is asked for again', async () => {
  const { told, socket, server } = await openFixture();
  server.put(MESSAGES, 503, 500, listedPage(8, 7), listedPage(8, 8));
  socket.send('latest', { chat_id: CHAT, seq: 8 });
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8']);
});

test('many gaps are filled by one request', async () => {
  const { told, socket, server } = await openFixture();
  const ids = Array.from({ length: 4 }, (_, index) => CHAT.replace(/^./, `${index}`));
  const joined = ids.map((id) => changedChat(0, {}, id));
  server.put(
    '/v1/sync',
    { ...NOTHING_NEW, chats: joined },
    { ...NOTHING_NEW, chats: ids.map((id) => changedChat(1, { messages: [listedMessage(1)] }, id)) },
  );
  socket.send('latest', { chat_id: ids[0]!, seq: 0 });
  await vi.waitFor(() => expect(told).toHaveLength(4));
  server.requests.length = 0;
  for (const chat_id of ids) socket.send('latest', { chat_id, seq: 1 });
  await vi.waitFor(() => expect(told.filter((line) => line === 'message 1 text 1')).toHaveLength(4));
  expect(server.requests).toEqual(['/v1/sync?since=cursor-0&limit=1000']);
});

test('one’s own message waits for those before it', async () => {
  const { live, told, socket, server } = await openFixture();
  server.put(MESSAGES, listedPage(8, 8));
  const send = live.send(CHAT, 'mine');
  socket.send('ack', { client_id: (await socket.nextMessage()).client_id, seq: 9 });
  expect(await send).toBe(9);
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8', 'message 9 mine']);
});

test('a chat that is not known is asked for', async () => {
  const { told, socket, server } = await openFixture();
  const chatId = CHAT.replace('7', '8');
  const joined = changedChat(2, { chat_name: 'tea', messages: [listedMessage(2)] }, chatId);
  server.put('/v1/sync', { ...NOTHING_NEW, chats: [joined] }, NOTHING_NEW);
  socket.send('send-message', { chat_id: chatId, messages: [frameMessage(2, { chat_id: chatId })] });
  await expect.poll(() => told, WAIT).toEqual(['joined tea', 'message 2 text 2']);
});

test('a chat whose messages are not the caller’s any more is left', async () => {
  const { told, socket, server } = await openFixture();
  server.put(MESSAGES, 404);
  socket.send('latest', { chat_id: CHAT, seq: 9 });
  await expect.poll(() => told, WAIT).toEqual(['left']);
});

test('edits, deletions, marks and typing are told as they come', async () => {
  const { told, socket } = await openFixture();
  const edited = frameMessage(5, { text: 'better', edit_time: EDIT_TIME });
  socket.send('edit-message', { chat_id: CHAT, messages: [edited] });
  const deleted = frameMessage(5, { text: '', status: 'deleted', edit_time: LATER });
  socket.send('delete-message', { chat_id: CHAT, messages: [deleted] });
  socket.send('edit-message', { chat_id: CHAT, messages: [edited] });
  socket.send('read', { chat_id: CHAT, user_id: BOB, seq: 7 });
  await taken(socket, told);
  expect(told).toEqual(['edit 5 better', 'delete 5', 'read bob 7']);
});

test('an older edit that comes late does not replace a newer one', async () => {
  const { told, socket } = await openFixture();
  const edit = (text: string, edit_time: string) =>
    socket.send('edit-message', { chat_id: CHAT, messages: [frameMessage(5, { text, edit_time })] });
  edit('second', LATER);
  edit('first', EDIT_TIME);
  await taken(socket, told);
  expect(told).toEqual(['edit 5 second']);
});

test('a message that its edit has overtaken is given once, as it is now', async () => {
  const { told, socket } = await openFixture();
  const edited = frameMessage(9, { text: 'better', edit_time: EDIT_TIME });
  socket.send('edit-message', { chat_id: CHAT, messages: [edited] });
  socket.send('send-message', frameMessages(9));
  socket.send('send-message', frameMessages(8));
  await taken(socket, told);
  expect(told).toEqual(['message 8 text 8', 'message 9 better']);
});

test('what is kept of messages that came early is bounded, and the rest is fetched', async () => {
  const { told, socket, server } = await openFixture();
  const early = Array.from({ length: 1_500 }, (_, index) => index + 9);
  server.put(MESSAGES, 503, listedPage(8, 8), listedPage(1_009, 1_508));
  for (let from = 0; from < early.length; from += 50)
    socket.send('send-message', frameMessages(...early.slice(from, from + 50)));
  await vi.waitFor(() => expect(told).toHaveLength(1_501), { timeout: 5_000 });
  expect(server.requests.at(-1)).toBe(`${MESSAGES}?after=1008&limit=1000`);
  expect(told).toEqual(Array.from({ length: 1_501 }, (_, index) => `message ${index + 8} text ${index + 8}`));
});
