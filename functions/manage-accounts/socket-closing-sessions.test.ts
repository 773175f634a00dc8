/** With the end of a session its sockets end, or the session has not ended. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Session, type SessionEnding } from '../../shared/domain/sessions.ts';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { SimulatedSockets } from '../../tests/support/simulated-sockets.ts';
import { SocketClosingSessions } from './socket-closing-sessions.ts';

const ENDING: SessionEnding = { how: 'logout', at: Date.now(), keyHash: undefined };

let database: ChatDatabase;
let sockets: SimulatedSockets;
let sessions: SocketClosingSessions;
let session: Session;

beforeAll(async () => {
  database = await startChatDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  sockets = new SimulatedSockets();
  sessions = new SocketClosingSessions(connectTo(database.endpoint), CHAT_TABLE, sockets.ports);
  const expiresAt = Date.now() + 60_000;
  session = {
    userId: randomUUID(),
    id: randomUUID(),
    startedAt: Date.now(),
    sourceHash: '',
    access: [{ hash: 'hash', expiresAt }],
    refresh: undefined,
    ending: undefined,
  };
  await sessions.open(session);
  sockets.open('its', session.userId, { sessionId: session.id });
  sockets.open('other', session.userId, { sessionId: 'another one' });
});

const end = (): Promise<void> => sessions.end(session.userId, session.id, ENDING);
const isOver = async (): Promise<boolean> => (await sessions.read(session.userId, session.id))?.ending !== undefined;

test('its sockets are closed, and no others', async () => {
  await end();
  expect(await isOver()).toBe(true);
  expect(sockets.kept).toEqual(['other']);
  expect(sockets.closed).toEqual(['its']);
});

test('a session whose sockets cannot be closed goes on, so that its end can be asked for again', async () => {
  sockets.isAway = true;
  await expect(end()).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  expect(await isOver()).toBe(false);
  sockets.isAway = false;
  await end();
  expect(await isOver()).toBe(true);
  expect(sockets.kept).toEqual(['other']);
});

test('a socket that is opened while the session ends is closed too', async () => {
  const { ports } = sockets;
  let hasOpened = false;
  const listOf: typeof ports.sockets.listOf = async (userIds) => {
    const open = await ports.sockets.listOf(userIds);
    if (!hasOpened) sockets.open('late', session.userId, { sessionId: session.id });
    hasOpened = true;
    return open;
  };
  const racing = { ...ports, sockets: { ...ports.sockets, listOf } };
  sessions = new SocketClosingSessions(connectTo(database.endpoint), CHAT_TABLE, racing);
  await end();
  expect(sockets.kept).toEqual(['other']);
});
