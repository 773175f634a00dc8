/** Who may say and hear what at the socket, and who reaches the sockets of others. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { removeMember } from '../../shared/contract/v1/chats.ts';
import { deleteMessage, editMessage, markRead } from '../../shared/contract/v1/messages.ts';
import { describeSockets } from '../support/describe-sockets.ts';
import { FAN_OUT_TIME_MS } from '../support/fan-out-time.ts';
import { createGroup, readAll, send } from '../support/group-chat.ts';
import { type Differences, expectedOn } from '../support/known-differences.ts';
import { call } from '../support/open-stream-client.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';
import { openStoredSession } from '../support/stored-session.ts';
import { TestSocket } from '../support/test-socket.ts';

/** What a socket gets for a frame about a chat: an answer, or the code of an error; and whether the members are told. */
const MATRIX = `
               stranger removed member owner no-chat no-id
send-message   404      404     ack    ack   404     404
typing         404      404     told   told  404     404
presence       404      404     told   told  404     404
`;

const PAYLOADS: Readonly<Record<string, object>> = {
  'send-message': { messages: [{ text: 'let me in', status: 'created' }] },
  typing: {},
  presence: { status: 'online' },
};

interface Row {
  readonly action: string;
  readonly who: string;
  readonly outcome: string;
}

function parseMatrix(): Row[] {
  const [head = '', ...lines] = MATRIX.trim().split('\n');
  const columns = head.trim().split(/\s+/);
  return lines.flatMap((line) => {
    const [action = '', ...outcomes] = line.split(/\s+/);
    return outcomes.map((outcome, index) => ({ action, who: columns[index] ?? '', outcome }));
  });
}

const NO_CONNECTIONS: Differences = {
  ministack: { observed: 410, why: 'every API has @connections, also those that are not of WebSockets.' },
};

describeSockets(({ baseUrl, socketUrl, awsEndpoint, engine }) => {
  const opened: TestSocket[] = [];
  let users: Record<'stranger' | 'removed' | 'member' | 'owner' | 'witness', SignedInUser>;

  beforeAll(async () => {
    const [stranger, removed, member, owner, witness] = await Promise.all([
      signInNewUser(baseUrl, 'stranger'),
      signInNewUser(baseUrl, 'removed'),
      signInNewUser(baseUrl, 'member'),
      signInNewUser(baseUrl, 'owner'),
      signInNewUser(baseUrl, 'witness'),
    ]);
    users = { stranger, removed, member, owner, witness };
  });
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close();
  });

  const open = async (token: string): Promise<TestSocket> => {
    const socket = await TestSocket.open(socketUrl, token);
    opened.push(socket);
    return socket;
  };

  const setScene = async (): Promise<string> => {
    const { owner, member, removed, witness } = users;
    const chatId = await createGroup(owner, member, removed, witness);
    await owner.api.ask(removeMember, { path: { chat_id: chatId, user_id: removed.userId } });
    return chatId;
  };

  test.each(parseMatrix())('$action from $who: $outcome', async ({ action, who, outcome }) => {
    const chatId = await setScene();
    const witness = await open(users.witness.token);
    const user = who === 'removed' || who === 'member' || who === 'owner' ? users[who] : users.stranger;
    const socket = await open(user.token);
    const named = { 'no-chat': randomUUID(), 'no-id': 'hello' }[who] ?? chatId;
    socket.send(action, { chat_id: named, ...PAYLOADS[action] }, 'mine');

    if (outcome === 'ack') await socket.next('ack');
    else if (outcome === 'told') await witness.next(action, ({ user_id: id }) => id === user.userId);
    else await socket.next('error', ({ code }) => code === Number(outcome));
    // By then whatever the frame has brought about has been told.
    await send(users.owner, chatId, 'settled');
    await expect.poll(() => witness.messages, { timeout: 20_000 }).toContain('settled');
    const isTold = outcome === 'ack' || outcome === 'told';
    const told = witness.frames.filter((frame) => frame.action === action && frame.payload['chat_id'] === chatId);
    expect(told.filter(({ payload }) => !JSON.stringify(payload).includes('settled'))).toHaveLength(isTold ? 1 : 0);
    expect((await readAll(users.owner, chatId)).map(({ text }) => text)).toEqual(
      outcome === 'ack' ? ['let me in', 'settled'] : ['settled'],
    );
  });

  test('a stranger and a removed member hear nothing of the chat', async () => {
    const chatId = await setScene();
    const fences = await createGroup(users.owner, users.stranger, users.removed);
    const [stranger, removed, witness, member] = [
      await open(users.stranger.token),
      await open(users.removed.token),
      await open(users.witness.token),
      await open(users.member.token),
    ];
    const ofChat = (socket: TestSocket): string[] =>
      socket.frames.filter(({ payload }) => payload['chat_id'] === chatId).map(({ action }) => action);

    await send(users.owner, chatId, 'among us');
    await users.owner.api.ask(editMessage, { path: { chat_id: chatId, seq: 1 }, body: { message: 'edited' } });
    await users.owner.api.ask(deleteMessage, { path: { chat_id: chatId, seq: 1 } });
    await users.member.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 1 } });
    member.send('typing', { chat_id: chatId });
    member.send('presence', { chat_id: chatId, status: 'online' });
    const all = ['send-message', 'edit-message', 'delete-message', 'read', 'typing', 'presence', 'latest'];
    await expect.poll(() => new Set(ofChat(witness)), { timeout: FAN_OUT_TIME_MS }).toEqual(new Set(all));
    // What is told later comes later.
    await send(users.owner, fences, 'to outsiders');
    for (const socket of [stranger, removed]) {
      await expect.poll(() => socket.messages, { timeout: 20_000 }).toContain('to outsiders');
      expect(ofChat(socket)).toEqual([]);
    }
  });

  test('a socket is over with the time of its token: it says nothing more, and hears nothing', async () => {
    const chatId = await setScene();
    const token = await openStoredSession(awsEndpoint, users.member.userId, 2_000);
    const socket = await open(token);
    socket.send('ping', {});
    await socket.next('pong');
    await new Promise((resolve) => void setTimeout(resolve, 2_100));
    await send(users.owner, chatId, 'too late');
    socket.sendMessages(chatId, ['let me in'], 'mine');
    await socket.closed();
    expect(socket.messages).toEqual([]);
    expect(socket.framesOf('ack')).toEqual([]);
    expect((await readAll(users.owner, chatId)).map(({ text }) => text)).toEqual(['too late']);
  });

  test('nobody reaches the sockets of others by the base URL: there is no @connections there', async ({ task }) => {
    const status = expectedOn(engine, 403, NO_CONNECTIONS, task);
    for (const method of ['GET', 'POST', 'DELETE'])
      expect(await call(`${baseUrl}/@connections/L0SM9cOFvHcCIhw%3D`, method)).toMatchObject({ status });
  });
});
