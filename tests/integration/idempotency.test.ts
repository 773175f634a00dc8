/** A POST that is repeated with its Idempotency-Key has one effect and one answer. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { openDirectChat } from '../../shared/contract/counters/chats.ts';
import { signIn, signUp } from '../../shared/contract/counters/people.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { addMember, createChat, listChats, removeMember, showChat } from '../../shared/contract/v1/chats.ts';
import { deleteMessage, markRead, sendMessage } from '../../shared/contract/v1/messages.ts';
import { logIn, logOut, register } from '../../shared/contract/v1/people.ts';
import { ApiClient, type OperationInput } from '../support/api-client.ts';
import { createGroup, findListed, readAll, send } from '../support/group-chat.ts';
import { call } from '../support/open-stream-client.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';
import { openStoredSession } from '../support/stored-session.ts';

/** A request that can be made once. */
interface Sample {
  readonly client: ApiClient;
  readonly input: OperationInput;
  /** Another body for the same key, and what it is answered; a request without a body has none. */
  readonly other?: { readonly body: unknown; readonly status: number };
}

describe.each(inject('deployments'))('$name', ({ baseUrl, awsEndpoint }) => {
  let ann: SignedInUser;
  let bob: SignedInUser;
  let cat: SignedInUser;

  beforeAll(async () => {
    [ann, bob, cat] = await Promise.all([
      signInNewUser(baseUrl, 'ann'),
      signInNewUser(baseUrl, 'bob'),
      signInNewUser(baseUrl, 'cat'),
    ]);
  });

  const anyone = new ApiClient(baseUrl);
  const password = randomUUID();

  // Operations that take a password do not tell a key from another one before the password is right.
  const samples: readonly (readonly [Operation, () => Sample | Promise<Sample>])[] = [
    [
      register,
      () => {
        const body = { user_name: `new ${randomUUID()}`, password };
        return { client: anyone, input: { body }, other: { body: { ...body, password: 'another' }, status: 409 } };
      },
    ],
    [
      logIn,
      () => {
        const body = { user_name: ann.userName, password: ann.password };
        return { client: anyone, input: { body }, other: { body: { ...body, password: 'another' }, status: 401 } };
      },
    ],
    [
      logOut,
      async () => ({
        client: new ApiClient(baseUrl, await openStoredSession(awsEndpoint, ann.userId, 60_000)),
        input: {},
      }),
    ],
    [
      createChat,
      () => ({
        client: ann.api,
        input: { body: { chat_name: 'one' } },
        other: { body: { chat_name: 'another' }, status: 409 },
      }),
    ],
    [
      addMember,
      async () => ({
        client: ann.api,
        input: { path: { chat_id: await createGroup(ann) }, body: { user_name: bob.userName } },
        other: { body: { user_name: cat.userName }, status: 409 },
      }),
    ],
    [
      sendMessage,
      async () => ({
        client: bob.api,
        input: { path: { chat_id: await createGroup(ann, bob) }, body: { message: 'one' } },
        other: { body: { message: 'another' }, status: 409 },
      }),
    ],
    [
      markRead,
      async () => {
        const chatId = await createGroup(ann, bob);
        await send(bob, chatId, 'one', 'two');
        const input = { path: { chat_id: chatId }, body: { seq: 1 } };
        return { client: ann.api, input, other: { body: { seq: 2 }, status: 409 } };
      },
    ],
    [
      signUp,
      () => {
        const email = `${randomUUID()}@email.com`;
        const profile = { name: 'Bob', surname: 'Miller', sex: 'male', city: 'Oslo', interests: 'programming' };
        const body = { email, password, birthday: '1994-04-10T20:21:25+00:00', ...profile };
        return { client: anyone, input: { body }, other: { body: { ...body, city: 'Turku' }, status: 409 } };
      },
    ],
    [
      signIn,
      () => {
        const body = { email: bob.userName, password: bob.password };
        return { client: anyone, input: { body }, other: { body: { ...body, password: 'another' }, status: 401 } };
      },
    ],
    [
      openDirectChat,
      () => ({
        client: ann.api,
        input: { body: { companion_id: bob.userId } },
        other: { body: { companion_id: cat.userId }, status: 409 },
      }),
    ],
  ];
  const operations = samples.map(([operation, prepare]) => ({ id: operation.id, operation, prepare }));

  test('every POST of the deployment is looked at here, but for that of the open stream, which has tests of its own', async () => {
    const { text } = await call(`${baseUrl}/openapi.json`, 'GET');
    const { paths }: { paths: Record<string, object> } = JSON.parse(text);
    const described = Object.entries(paths).flatMap(([path, methods]) => ('post' in methods ? [path] : []));
    const covered = operations.map(({ operation }) => operation.path);
    expect(['/send_message', ...covered].toSorted()).toEqual(described.toSorted());
  });

  test.each(operations)(
    '$id: a repeat gets the first answer, and the same key with another body none',
    async (each) => {
      const { operation, prepare } = each;
      const { client, input, other } = await prepare();
      const key = randomUUID();
      const first = await client.call(operation, { ...input, key });
      expect(first.status).toBe(operation.status);
      const refused = other && (await client.call(operation, { ...input, body: other.body, key }));
      expect(refused?.status).toBe(other?.status);
      const repeat = await client.call(operation, { ...input, key });
      expect([repeat.status, repeat.text]).toEqual([first.status, first.text]);
    },
  );

  test.each(operations)('$id: repeats at once all get one answer', async ({ operation, prepare }) => {
    const { client, input } = await prepare();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 3 }, () => client.call(operation, { ...input, key })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => operation.status));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test.each(operations)('$id: a key that is empty or of more than 64 characters is refused', async (each) => {
    const { client, input } = await each.prepare();
    for (const key of ['', 'x'.repeat(65)]) {
      const { status, text } = await client.call(each.operation, { ...input, key });
      expect(status).toBe(400);
      expect(text).toContain('Idempotency-Key');
    }
  });

  describe('the effect comes once', () => {
    test('ten requests at once to create a chat create one', async () => {
      const before = (await cat.api.ask(listChats)).chats.length;
      const request = { body: { chat_name: 'once' }, key: randomUUID() };
      await Promise.all(Array.from({ length: 10 }, () => cat.api.ask(createChat, request)));
      expect((await cat.api.ask(listChats)).chats).toHaveLength(before + 1);
    });

    test('ten requests at once to send a message send one, and a repeat is the same after it was archived', async () => {
      const chatId = await createGroup(ann);
      const request = { path: { chat_id: chatId }, body: { message: 'once' }, key: randomUUID() };
      const answers = await Promise.all(Array.from({ length: 10 }, () => ann.api.ask(sendMessage, request)));
      expect(answers).toEqual(answers.map(() => ({ message_id: '1' })));
      await send(ann, chatId, ...Array.from({ length: 40 }, (_, index) => `other ${index}`));
      expect(await ann.api.ask(sendMessage, request)).toEqual({ message_id: '1' });
      expect(await readAll(ann, chatId)).toHaveLength(41);
    });
  });

  describe('a repeat that comes after the effect was undone changes nothing', () => {
    test('who was added and removed stays out', async () => {
      const chatId = await createGroup(ann);
      const request = { path: { chat_id: chatId }, body: { user_name: bob.userName }, key: randomUUID() };
      const first = await ann.api.ask(addMember, request);
      await ann.api.ask(removeMember, { path: { chat_id: chatId, user_id: bob.userId } });
      expect(await ann.api.ask(addMember, request)).toEqual(first);
      expect(await bob.api.refusal(showChat, { path: { chat_id: chatId } })).toBe('404 chat-not-found');
      // A new request is not the old one.
      await ann.api.ask(addMember, { ...request, key: randomUUID() });
      expect((await bob.api.ask(showChat, { path: { chat_id: chatId } })).members).toHaveLength(2);
    });

    test('who was added, removed and added anew stays in', async () => {
      const path = { chat_id: await createGroup(ann) };
      const request = { path, body: { user_name: bob.userName }, key: randomUUID() };
      await ann.api.ask(addMember, request);
      await ann.api.ask(removeMember, { path: { ...path, user_id: bob.userId } });
      await ann.api.ask(addMember, { ...request, key: randomUUID() });
      expect(await ann.api.ask(addMember, request)).toEqual({ user_id: bob.userId });
      expect((await bob.api.ask(showChat, { path })).members).toHaveLength(2);
    });

    test('who has created a chat and left it stays out', async () => {
      const request = { body: { chat_name: 'left' }, key: randomUUID() };
      const { chat_id: chatId } = await ann.api.ask(createChat, request);
      await ann.api.ask(removeMember, { path: { chat_id: chatId, user_id: ann.userId } });
      expect(await ann.api.ask(createChat, request)).toEqual({ chat_id: chatId });
      expect(await findListed(ann, chatId)).toBeUndefined();
      expect(await ann.api.refusal(showChat, { path: { chat_id: chatId } })).toBe('404 chat-not-found');
    });

    test('a deleted message stays deleted', async () => {
      const chatId = await createGroup(ann);
      const request = { path: { chat_id: chatId }, body: { message: 'once' }, key: randomUUID() };
      const first = await ann.api.ask(sendMessage, request);
      await ann.api.ask(deleteMessage, { path: { chat_id: chatId, seq: 1 } });
      expect(await ann.api.ask(sendMessage, request)).toEqual(first);
      expect((await readAll(ann, chatId)).map(({ text }) => text)).toEqual(['']);
    });

    test('a read mark that has moved on stays where it is', async () => {
      const chatId = await createGroup(ann, bob);
      await send(bob, chatId, 'one', 'two');
      const request = { path: { chat_id: chatId }, body: { seq: 1 }, key: randomUUID() };
      await ann.api.ask(markRead, request);
      await ann.api.ask(markRead, { ...request, body: { seq: 2 }, key: randomUUID() });
      await ann.api.ask(markRead, request);
      expect(await findListed(ann, chatId)).toMatchObject({ unread_count: 0, read_seq: 2 });
    });
  });

  test('the same key is another one in another chat, of another user, and of another operation', async () => {
    const key = randomUUID();
    const [one, other] = [await createGroup(ann, bob), await createGroup(ann, bob)];
    await send(ann, other, 'before');
    const request = (chatId: string, message: string) => ({ path: { chat_id: chatId }, body: { message }, key });
    expect(await ann.api.ask(sendMessage, request(one, 'of ann'))).toEqual({ message_id: '1' });
    expect(await bob.api.ask(sendMessage, request(one, 'of bob'))).toEqual({ message_id: '2' });
    expect(await ann.api.ask(sendMessage, request(other, 'elsewhere'))).toEqual({ message_id: '2' });
    await ann.api.ask(markRead, { path: { chat_id: one }, body: { seq: 2 }, key });
    const { chat_id: annsChat } = await ann.api.ask(createChat, { body: { chat_name: 'of ann' }, key });
    const { chat_id: bobsChat } = await bob.api.ask(createChat, { body: { chat_name: 'of bob' }, key });
    expect(annsChat).not.toBe(bobsChat);
  });
});
