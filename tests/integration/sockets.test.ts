/** The socket: who may open one, what it may send, and what it is told of all that happens in its user's chats. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listDirectMessages, openDirectChat } from '../../shared/contract/counters/chats.ts';
import { removeMember } from '../../shared/contract/v1/chats.ts';
import { deleteMessage, editMessage, markRead, sendMessage } from '../../shared/contract/v1/messages.ts';
import { endSession, listSessions, logOut } from '../../shared/contract/v1/people.ts';
import { ApiClient } from '../support/api-client.ts';
import { describeSockets } from '../support/describe-sockets.ts';
import { FAN_OUT_TIME_MS } from '../support/fan-out-time.ts';
import { fillChat } from '../support/fill-chat.ts';
import { createGroup, readAll, send } from '../support/group-chat.ts';
import { type Differences, expectedOn } from '../support/known-differences.ts';
import { type SignedInUser, signInAgain, signInNewUser } from '../support/signed-in-user.ts';
import { TestSocket } from '../support/test-socket.ts';

const refusedHandshakes: Differences = {
  ministack: { observed: 403, why: 'every refused handshake of a socket is answered 403.' },
};

/** What `settle` has not sent. */
const withoutSettling = (socket: TestSocket): string[] => socket.messages.filter((text) => !text.startsWith('settled'));

describeSockets(({ baseUrl, socketUrl, awsEndpoint, engine }) => {
  let ann: SignedInUser;
  let bob: SignedInUser;
  let cat: SignedInUser;
  const opened: TestSocket[] = [];

  beforeAll(async () => {
    [ann, bob, cat] = await Promise.all([
      signInNewUser(baseUrl, 'ann'),
      signInNewUser(baseUrl, 'bob'),
      signInNewUser(baseUrl, 'cat'),
    ]);
  });
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close();
  });

  const open = async ({ token }: Pick<SignedInUser, 'token'>): Promise<TestSocket> => {
    const socket = await TestSocket.open(socketUrl, token);
    opened.push(socket);
    return socket;
  };

  /** Resolves once all that was asked for before has been told: frames of one chat come in order. */
  const settle = async (chatId: string, ...sockets: readonly TestSocket[]): Promise<void> => {
    const text = `settled ${randomUUID()}`;
    await send(ann, chatId, text);
    for (const socket of sockets) await expect.poll(() => socket.messages, { timeout: 20_000 }).toContain(text);
  };

  describe('a handshake', () => {
    test.for<[name: string, makeToken: () => string | Promise<string>]>([
      ['without a token', () => ''],
      ['with a malformed token', () => ann.token.slice(1)],
      ['with a token that was made up', () => `${ann.token.slice(0, -4)}AAAA`],
      [
        'with the token of a session that is over',
        async () => {
          const token = await signInAgain(baseUrl, ann);
          await new ApiClient(baseUrl, token).ask(logOut);
          return token;
        },
      ],
    ])('%s is refused with 401', async ([, makeToken], { task }) => {
      await expect(open({ token: await makeToken() })).rejects.toThrow(
        String(expectedOn(engine, 401, refusedHandshakes, task)),
      );
    });
  });

  describe('a message', () => {
    test('sent by a socket reaches every other socket of every member, with the fields that clients send first', async () => {
      const { chat_id: chatId } = await bob.api.ask(openDirectChat, { body: { companion_id: cat.userId } });
      const [sender, other, reader, stranger] = [await open(bob), await open(bob), await open(cat), await open(ann)];
      sender.sendMessages(chatId, ['Hello, Cat!', 'What is up?']);
      for (const socket of [other, reader]) {
        const payload = await socket.next('send-message');
        expect(Object.keys(payload)).toEqual(['chat_id', 'messages']);
        expect(payload).toMatchObject({
          chat_id: chatId,
          messages: [
            { text: 'Hello, Cat!', status: 'created', user_id: bob.userId, chat_id: chatId, id: '1', seq: 1 },
            { text: 'What is up?', status: 'created', seq: 2 },
          ],
        });
      }
      const { messages } = await cat.api.ask(listDirectMessages, { query: { chat_id: chatId } });
      expect(messages.map(({ text }) => text)).toEqual(['Hello, Cat!', 'What is up?']);
      expect(sender.framesOf('send-message')).toEqual([]);
      expect(stranger.framesOf('send-message')).toEqual([]);
    });

    test('is acknowledged under the name that its client has given it, once it is stored', async () => {
      const chatId = await createGroup(ann, bob);
      const socket = await open(bob);
      socket.sendMessages(chatId, ['one'], 'first');
      expect(await socket.next('ack')).toEqual({ client_id: 'first', seq: 1 });
      socket.sendMessages(chatId, ['two', 'three'], 'second');
      expect(await socket.next('ack', ({ client_id: id }) => id === 'second')).toEqual({
        client_id: 'second',
        seq: 3,
        seqs: [2, 3],
      });
      expect((await readAll(ann, chatId)).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    });

    test('under a name that was used before is stored once, and told once', async () => {
      const chatId = await createGroup(ann, bob);
      const [sender, reader] = [await open(bob), await open(ann)];
      for (let time = 0; time < 3; time++) sender.sendMessages(chatId, ['once'], 'name');
      await expect.poll(() => sender.framesOf('ack'), { timeout: 20_000 }).toHaveLength(3);
      expect(new Set(sender.framesOf('ack').map(({ seq }) => seq))).toEqual(new Set([1]));
      const body = { message: 'once' };
      const repeat = await bob.api.ask(sendMessage, { path: { chat_id: chatId }, body, key: 'name' });
      expect(repeat).toEqual({ message_id: '1' });
      sender.sendMessages(chatId, ['something else'], 'name');
      expect(await sender.next('error')).toMatchObject({ client_id: 'name', code: 409 });
      await settle(chatId, reader);
      expect(withoutSettling(reader)).toEqual(['once']);
    });

    test('sent by HTTP reaches all sockets of all members, the sender’s own too', async () => {
      const chatId = await createGroup(ann, bob);
      const [own, other] = [await open(ann), await open(bob)];
      await send(ann, chatId, 'one', 'two', 'three');
      for (const socket of [own, other])
        await expect.poll(() => socket.messages, { timeout: 20_000 }).toEqual(['one', 'two', 'three']);
    });

    test('is told no more to whoever has left', async () => {
      const chatId = await createGroup(ann, bob, cat);
      const [staying, leaving] = [await open(bob), await open(cat)];
      await send(ann, chatId, 'for all');
      await ann.api.ask(removeMember, { path: { chat_id: chatId, user_id: cat.userId } });
      await send(ann, chatId, 'for us');
      await settle(chatId, staying);
      expect(withoutSettling(staying)).toEqual(['for all', 'for us']);
      expect(leaving.messages).toEqual(['for all']);
    });
  });

  describe('members are told', () => {
    test('of edits, deletes and read marks', async () => {
      const chatId = await createGroup(ann, bob);
      const socket = await open(bob);
      await send(ann, chatId, 'one', 'two');
      await ann.api.ask(editMessage, { path: { chat_id: chatId, seq: 1 }, body: { message: 'edited' } });
      await ann.api.ask(deleteMessage, { path: { chat_id: chatId, seq: 2 } });
      await bob.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 1 } });
      expect(await socket.next('edit-message')).toMatchObject({
        chat_id: chatId,
        messages: [{ text: 'edited', status: 'created', seq: 1, edit_time: expect.any(String) }],
      });
      expect(await socket.next('delete-message')).toMatchObject({
        messages: [{ text: '', status: 'deleted', seq: 2 }],
      });
      expect(await socket.next('read')).toEqual({ chat_id: chatId, user_id: bob.userId, seq: 1 });
    });

    test('of marks that are moved by listing, as clients of counters do; and of none that stay', async () => {
      const { chat_id: chatId } = await bob.api.ask(openDirectChat, { body: { companion_id: ann.userId } });
      const seq = await send(bob, chatId, 'hello');
      const socket = await open(bob);
      for (let time = 0; time < 2; time++)
        await ann.api.ask(listDirectMessages, { query: { chat_id: chatId, limit: 1_000 } });
      await settle(chatId, socket);
      expect(socket.framesOf('read')).toEqual([{ chat_id: chatId, user_id: ann.userId, seq }]);
    });

    test('a little later of the newest number, so that nothing lost stays unnoticed', async () => {
      const chatId = await createGroup(ann, bob);
      const socket = await open(bob);
      const seq = await send(ann, chatId, 'one', 'two');
      const ofChat = ({ chat_id: id }: Record<string, unknown>): boolean => id === chatId;
      await expect
        .poll(() => socket.framesOf('latest').filter(ofChat), { timeout: FAN_OUT_TIME_MS })
        .toContainEqual({ chat_id: chatId, seq });
    });

    test('who is writing and who is there, which is stored nowhere', async () => {
      const chatId = await createGroup(ann, bob);
      const [sender, other] = [await open(bob), await open(ann)];
      sender.send('typing', { chat_id: chatId });
      sender.send('presence', { chat_id: chatId, status: 'online' });
      expect(await other.next('typing')).toEqual({ chat_id: chatId, user_id: bob.userId });
      const { until, ...presence } = await other.next('presence');
      expect(presence).toEqual({ chat_id: chatId, user_id: bob.userId, status: 'online' });
      expect(Date.parse(String(until))).toBeGreaterThan(Date.now());
      for (const action of ['typing', 'presence']) expect(sender.framesOf(action)).toEqual([]);
      expect(await readAll(ann, chatId)).toEqual([]);
    });
  });

  describe('a frame', () => {
    const hello = { text: 'hello', status: 'created' };
    const long = 'y'.repeat(100);

    test.each([
      ['that is no JSON', 'hello', 'frame: must be JSON, got "hello"'],
      ['that is long and no JSON', long, `frame: must be JSON, got "${'y'.repeat(49)}...`],
      ['that is no object', 'null', 'frame: Invalid input: expected object, received null'],
      ['without an action', '{"topic":"messenger","payload":"{}"}', 'frame.action: is required'],
      [
        'of another topic',
        '{"topic":"news","action":"ping","payload":"{}"}',
        'frame.topic: Invalid input: expected "messenger", received "news"',
      ],
      [
        'with an unknown action',
        '{"topic":"messenger","action":"dance","payload":"{}"}',
        'frame.action: must be one of send-message, typing, presence, ping, got "dance"',
      ],
      [
        'whose payload is no JSON',
        '{"topic":"messenger","action":"send-message","payload":"hello"}',
        'payload: must be JSON, got "hello"',
      ],
      [
        'that shows an unknown presence',
        JSON.stringify({ topic: 'messenger', action: 'presence', payload: '{"chat_id":"x","status":"here"}' }),
        'payload.status: Invalid option: expected one of "online"|"away"|"offline", received "here"',
      ],
      [
        'with two names',
        JSON.stringify({
          topic: 'messenger',
          action: 'send-message',
          payload: JSON.stringify({ chat_id: 'x', messages: [hello], client_id: 'two' }),
          client_id: 'one',
        }),
        'payload.client_id: must be that of the frame, "one", got "two"',
      ],
    ])('%s is answered with an error that says what is wrong', async (_, text, message) => {
      const socket = await open(bob);
      socket.sendText(text);
      expect(await socket.next('error')).toMatchObject({ code: 400, message });
    });

    test.each([
      ['no messages', { messages: [] }, 400, /^payload\.messages: /],
      ['an empty message', { messages: [{ text: '' }] }, 400, /^payload\.messages\.0\.text: must be 1 to 4096/],
      [
        'a message too long beside a good one',
        { messages: [hello, { text: 'x'.repeat(4_097) }] },
        400,
        /^payload\.messages\.1\.text: must be 1 to 4096/,
      ],
      ['a status that is not for clients', { messages: [{ text: 'x', status: 'read' }] }, 400, /received "read"$/],
      ['a chat that there is not', { chat_id: randomUUID(), messages: [hello] }, 404, /^There is no such chat/],
      ['a chat that cannot be', { chat_id: 'hello', messages: [hello] }, 404, /^There is no such chat/],
    ])('with %s is refused, by its name, and nothing is stored', async (_, payload, code, message) => {
      const chatId = await createGroup(ann, bob);
      const socket = await open(bob);
      socket.send('send-message', { chat_id: chatId, ...payload }, 'mine');
      const error = { client_id: 'mine', code, message: expect.stringMatching(message) };
      expect(await socket.next('error')).toMatchObject(error);
      expect(await readAll(ann, chatId)).toEqual([]);
    });

    test('with a name that is too long to be one is refused without it', async () => {
      const socket = await open(bob);
      socket.sendMessages(randomUUID(), ['hello'], 'n'.repeat(20_000));
      const error = await socket.next('error');
      expect(error).toEqual({ code: 400, message: 'payload.client_id: must be 1 to 64 characters long' });
    });

    test('ping is answered', async () => {
      const socket = await open(bob);
      socket.send('ping', {});
      expect(await socket.next('pong')).toEqual({});
    });
  });

  describe('the end of a session', () => {
    test('by logout ends its sockets, and no others', async () => {
      const chatId = await createGroup(ann, bob);
      const token = await signInAgain(baseUrl, bob);
      const [ending, staying] = [await open({ token }), await open(bob)];
      await new ApiClient(baseUrl, token).ask(logOut);
      await send(ann, chatId, 'after that');
      await ending.closed();
      await settle(chatId, staying);
      expect(withoutSettling(staying)).toEqual(['after that']);
      expect(ending.messages).toEqual([]);
    });

    test('from elsewhere ends them too', async () => {
      const token = await signInAgain(baseUrl, bob);
      const socket = await open({ token });
      const { sessions } = await new ApiClient(baseUrl, token).ask(listSessions);
      const id = sessions.find(({ current }) => current)!.id;
      await bob.api.ask(endSession, { path: { id } });
      expect(await socket.closed()).toBeGreaterThan(0);
    });
  });

  test('a client that reads nothing holds up nobody', async () => {
    const chatId = await createGroup(ann, bob);
    const [slow, quick] = [await open(bob), await open(bob)];
    slow.pause();
    const texts = Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(4_000)}`);
    // Four at a time: slower engines' stores answer more of them too late.
    const senders = Array.from({ length: 4 }, (_, sender) => texts.filter((_text, index) => index % 4 === sender));
    await Promise.all(senders.map((own) => send(ann, chatId, ...own)));
    await expect.poll(() => quick.messages.toSorted(), { timeout: 20_000 }).toEqual(texts.toSorted());
  });

  test('in a chat of many members all are told in order, by a queue', async () => {
    const chatId = await createGroup(ann, bob);
    await fillChat(awsEndpoint, chatId, 40);
    const [sender, own, other] = [await open(ann), await open(ann), await open(bob)];
    const texts = Array.from({ length: 30 }, (_, index) => `text ${index}`);
    for (const [index, text] of texts.entries()) {
      sender.sendMessages(chatId, [text], text);
      if (index % 10 === 0) await sender.next('ack', ({ client_id: name }) => name === text);
    }
    await sender.next('ack', ({ client_id: name }) => name === texts.at(-1));
    await ann.api.ask(editMessage, { path: { chat_id: chatId, seq: 1 }, body: { message: 'edited' } });
    await bob.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 30 } });
    for (const socket of [own, other]) {
      expect(await socket.next('read')).toEqual({ chat_id: chatId, user_id: bob.userId, seq: 30 });
      expect(await socket.next('edit-message')).toMatchObject({ messages: [{ text: 'edited', seq: 1 }] });
      const stored = await readAll(bob, chatId);
      expect(socket.messages.toSorted()).toEqual(texts.toSorted());
      expect(stored).toHaveLength(30);
    }
    expect(sender.messages).toEqual([]);
  });

  test('a client that ends without a word holds up nobody', async () => {
    const chatId = await createGroup(ann, bob);
    const [gone, staying] = [await open(bob), await open(bob)];
    gone.cut();
    await send(ann, chatId, 'one', 'two');
    await expect.poll(() => staying.messages, { timeout: 20_000 }).toEqual(['one', 'two']);
  });
});
