/** What was missed is told: everything since a cursor, or since a position that was kept. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ConnectionClosedError, type LiveOptions, MessengerError } from '../src/index.ts';
import {
  ANN,
  BOB,
  changedChat,
  CHAT,
  EDIT_TIME,
  frameMessage,
  frameMessages,
  listedChat,
  listedMessage,
  listedPage,
  MESSAGES,
  noteHandlers,
  openFixture,
  OTHER_CHAT,
  startFixture,
  synced,
} from './live-fixture.ts';
import { NOTHING_NEW } from './live-server.ts';

const WAIT = { timeout: 5_000 };

/** One that the connection does not know. */
const NEW_CHAT = CHAT.replace('7', '8');

afterEach(() => vi.restoreAllMocks());

const syncPath = (query: string) => (query === '' ? '/v1/sync' : `/v1/sync?${query}`);

test('after every opening of a socket, everything since the cursor is asked for, page by page', async () => {
  const { told, socket, server } = await openFixture();
  server.put(
    '/v1/sync',
    { ...NOTHING_NEW, chats: [changedChat(9, { messages: [listedMessage(8)] })], cursor: 'cursor-1', more: true },
    { ...NOTHING_NEW, chats: [changedChat(9, { messages: [listedMessage(9)] })], cursor: 'cursor-2' },
    NOTHING_NEW,
  );
  socket.cut();
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8', 'message 9 text 9']);
  const asked = synced({ server });
  expect(asked).toEqual(['since=cursor-0&limit=1000', 'since=cursor-1&limit=1000'].map(syncPath));
});

test('what was missed is told: edits, deletions, marks, chats joined and left', async () => {
  const { told, socket, server } = await openFixture();
  const joined = changedChat(5, { chat_name: 'tea', messages: [listedMessage(5)] }, NEW_CHAT);
  const changed = changedChat(7, {
    edits: [listedMessage(3, { text: 'better', edited_at: EDIT_TIME }), listedMessage(4, { deleted_at: EDIT_TIME })],
    marks: [
      { user_id: BOB, read_seq: 7 },
      { user_id: ANN, read_seq: 0 },
    ],
  });
  server.put('/v1/sync', { ...NOTHING_NEW, chats: [changed, joined], left: [OTHER_CHAT] }, NOTHING_NEW);
  socket.cut();
  await expect
    .poll(() => told, WAIT)
    .toEqual(['edit 3 better', 'delete 4', 'read bob 7', 'joined tea', 'message 5 text 5', 'left']);
});

describe('a chat without messages, on a page that is not the last', () => {
  const page = {
    ...NOTHING_NEW,
    chats: [changedChat(4, { chat_name: 'tea' }, NEW_CHAT)],
    cursor: 'cursor-1',
    more: true,
  };

  test('is told as joined, and what comes in it is given', async () => {
    const { told, socket, server } = await openFixture();
    const other = changedChat(8, { messages: [listedMessage(8)] });
    server.put('/v1/sync', page, { ...NOTHING_NEW, chats: [other], cursor: 'cursor-2' }, NOTHING_NEW);
    socket.cut();
    await expect.poll(() => told, WAIT).toEqual(['joined tea', 'message 8 text 8']);
    const next = await server.nextSocket();
    next.send('send-message', { chat_id: NEW_CHAT, messages: [frameMessage(5, { chat_id: NEW_CHAT })] });
    await expect.poll(() => told.at(-1), WAIT).toBe('message 5 text 5');
  });

  test('has its messages on the next one, which are given, whatever fails between', async () => {
    const { told, socket, server } = await openFixture();
    const rest = changedChat(4, { chat_name: 'tea', messages: [listedMessage(3), listedMessage(4)] }, NEW_CHAT);
    server.put('/v1/sync', page, 429, { ...NOTHING_NEW, chats: [rest], cursor: 'cursor-2' }, NOTHING_NEW);
    socket.cut();
    await expect.poll(() => told, WAIT).toEqual(['joined tea', 'message 3 text 3', 'message 4 text 4']);
  });

  test('is told as left', async () => {
    const { told, socket, server } = await openFixture();
    server.put('/v1/sync', page, { ...NOTHING_NEW, left: [NEW_CHAT], cursor: 'cursor-2' }, NOTHING_NEW);
    socket.cut();
    await expect.poll(() => told, WAIT).toEqual(['joined tea', 'left']);
  });
});

function noteErrors(told: string[]): LiveOptions['on'] {
  const error = (cause: unknown) => {
    told.push(`error ${cause instanceof MessengerError ? cause.status : 'of another kind'}`);
  };
  return { ...noteHandlers(told), error };
}

describe('a page that the server cannot answer', () => {
  const since = { cursor: 'cursor-1', chats: { [CHAT]: 7, [OTHER_CHAT]: 7 } };

  test('is asked for with half as many messages, and twice as many after each answer', async () => {
    const { server, told, connect } = await startFixture(7);
    const [one, two] = [8, 9].map((seq) => changedChat(9, { messages: [listedMessage(seq)] }));
    server.put(
      '/v1/sync',
      500,
      502,
      { ...NOTHING_NEW, chats: [one], cursor: 'cursor-2', more: true },
      { ...NOTHING_NEW, chats: [two], cursor: 'cursor-3' },
    );
    await connect({ position: since, on: noteErrors(told) });
    expect(told).toEqual(['error 500', 'error 502', 'message 8 text 8', 'message 9 text 9']);
    await vi.waitFor(() => expect(synced({ server })).toHaveLength(5));
    expect(synced({ server })).toEqual(
      [
        'since=cursor-1&limit=1000',
        'since=cursor-1&limit=500',
        'since=cursor-1&limit=250',
        'since=cursor-2&limit=500',
        'since=cursor-3&limit=1000',
      ].map(syncPath),
    );
  });

  test('nor one of a single message, is told, in the beginning by an error', async () => {
    const { server, told, connect } = await startFixture(7);
    vi.spyOn(Math, 'random').mockReturnValue(0);
    server.put('/v1/sync', 500);
    await expect(connect({ position: since, on: noteErrors(told) })).rejects.toMatchObject({ status: 500 });
    const limits = [1000, 500, 250, 125, 62, 31, 15, 7, 3, 1];
    expect(synced({ server })).toEqual(limits.map((limit) => syncPath(`since=cursor-1&limit=${limit}`)));
    expect(told).toEqual(limits.slice(1).map(() => 'error 500'));
  });

  test('later, each time it is asked for again, until it is there', async () => {
    const told: string[] = [];
    const { live, server } = await openFixture({ on: noteErrors(told) });
    vi.spyOn(Math, 'random').mockReturnValue(0.001);
    server.put('/v1/sync', 504);
    const sync = live.sync();
    await expect.poll(() => told.length, WAIT).toBeGreaterThan(12);
    server.put('/v1/sync', { ...NOTHING_NEW, chats: [changedChat(8, { messages: [listedMessage(8)] })] });
    await sync;
    expect(new Set(told)).toEqual(new Set(['error 504', 'message 8 text 8']));
  });
});

test('an edit whose frame was lost is found among the messages that are new to the cursor', async () => {
  const { told, socket, server } = await openFixture();
  socket.send('send-message', frameMessages(8));
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8']);
  const messages = [listedMessage(8, { text: 'better', edited_at: EDIT_TIME })];
  server.put('/v1/sync', { ...NOTHING_NEW, chats: [changedChat(8, { messages })] }, NOTHING_NEW);
  socket.cut();
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8', 'edit 8 better']);
});

test('everything is asked for from time to time, because what has no number is not missed', async () => {
  const { server } = await openFixture({ syncEveryMs: 100 });
  await vi.waitFor(() => expect(synced({ server }).length).toBeGreaterThan(1));
});

test('everything is asked for when the application wants it, and has been told then', async () => {
  const { live, told, server } = await openFixture();
  server.put('/v1/sync', 503, { ...NOTHING_NEW, chats: [changedChat(8, { messages: [listedMessage(8)] })] });
  await live.sync();
  expect(told).toEqual(['message 8 text 8']);
  server.put('/v1/sync', 503);
  const sync = live.sync();
  setTimeout(() => live.close(), 50);
  await expect(sync).rejects.toBeInstanceOf(ConnectionClosedError);
  await expect(live.sync()).rejects.toBeInstanceOf(ConnectionClosedError);
});

test('with a cursor that is not known any more it begins anew, and no message is missing', async () => {
  const { told, socket, server } = await openFixture();
  const joined = { ...listedChat(NEW_CHAT, 3), read_seq: 1 };
  server.put('/v1/sync', 404, { ...NOTHING_NEW, cursor: 'anew' }, NOTHING_NEW);
  server.put('/v1/chats', { chats: [listedChat(CHAT, 9), joined] });
  server.put(MESSAGES, listedPage(8, 9));
  server.put(`/v1/chats/${NEW_CHAT}/messages`, listedPage(2, 3));
  server.put(`/v1/chats/${OTHER_CHAT}/messages`, 404);
  socket.cut();
  await expect
    .poll(() => told, WAIT)
    .toEqual([
      `joined ${joined.chat_name}`,
      'left',
      'message 8 text 8',
      'message 9 text 9',
      'message 2 text 2',
      'message 3 text 3',
      'stale',
    ]);
  expect(server.requests.slice(1, 3)).toEqual(['/v1/sync?since=cursor-0&limit=1000', '/v1/sync']);
});

test('the cursor that it begins anew with is a position only once all before it has been given', async () => {
  const { server, told, connect } = await startFixture(7);
  server.put('/v1/sync', 404, { ...NOTHING_NEW, cursor: 'anew' }, NOTHING_NEW);
  server.put('/v1/chats', { chats: [listedChat(CHAT, 9)] });
  server.put(MESSAGES, listedPage(8, 9));
  const live = await connect({ position: { cursor: 'forgotten', chats: { [CHAT]: 7 } } });
  expect(live.position).toEqual({ cursor: 'anew', chats: { [CHAT]: 9 } });
  expect(told).toEqual(['message 8 text 8', 'message 9 text 9', 'stale']);
});

test('if it could not begin anew with what there is, it does so again, from the old cursor', async () => {
  const { told, socket, server } = await openFixture();
  server.put(
    '/v1/sync',
    404,
    { ...NOTHING_NEW, cursor: 'anew' },
    404,
    { ...NOTHING_NEW, cursor: 'again' },
    NOTHING_NEW,
  );
  server.put('/v1/chats', { chats: [listedChat(CHAT, 8), listedChat(OTHER_CHAT, 7)] });
  server.put(MESSAGES, 400, listedPage(8, 8));
  socket.cut();
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8', 'stale']);
  const asked = synced({ server });
  expect(asked).toEqual(['since=cursor-0&limit=1000', '', 'since=cursor-0&limit=1000', ''].map(syncPath));
});

test('from a position that was kept it goes on, and gives one for the next time', async () => {
  const { server, told, connect } = await startFixture(7);
  const chats = [changedChat(9, { messages: [listedMessage(8), listedMessage(9)] })];
  server.put('/v1/sync', { ...NOTHING_NEW, chats, cursor: 'cursor-2' }, { ...NOTHING_NEW, cursor: 'cursor-2' });
  const live = await connect({ position: { cursor: 'cursor-1', chats: { [CHAT]: 8, [OTHER_CHAT]: 7 } } });
  expect(told).toEqual(['message 9 text 9']);
  expect(live.position).toEqual({ cursor: 'cursor-2', chats: { [CHAT]: 9, [OTHER_CHAT]: 7 } });
  expect(server.requests[0]).toBe('/v1/sync?since=cursor-1&limit=1000');
});

test('a position whose numbers are behind its cursor leaves nothing out', async () => {
  const { server, told, connect } = await startFixture(7);
  server.put('/v1/sync', { ...NOTHING_NEW, chats: [changedChat(9, {})] }, NOTHING_NEW);
  server.put(MESSAGES, listedPage(8, 9));
  await connect({ position: { cursor: 'cursor-1', chats: { [CHAT]: 7, [OTHER_CHAT]: 7 } } });
  await expect.poll(() => told, WAIT).toEqual(['message 8 text 8', 'message 9 text 9']);
});
