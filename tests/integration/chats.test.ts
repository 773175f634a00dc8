/** Group chats: who is in them, and how a user's list shows them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { addMember, createChat, listChats, removeMember, showChat } from '../../shared/contract/v1/chats.ts';
import { deleteMessage, listMessages, markRead, sendMessage } from '../../shared/contract/v1/messages.ts';
import { fillChat } from '../support/fill-chat.ts';
import { createGroup, findListed, readAll, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const remove = (by: SignedInUser, chatId: string, member: SignedInUser) =>
  by.api.ask(removeMember, { path: { chat_id: chatId, user_id: member.userId } });
const add = (by: SignedInUser, chatId: string, userName: string) =>
  by.api.ask(addMember, { path: { chat_id: chatId }, body: { user_name: userName } });
const show = (by: SignedInUser, chatId: string) => by.api.ask(showChat, { path: { chat_id: chatId } });

const listRoles = async (by: SignedInUser, chatId: string): Promise<Record<string, string>> =>
  Object.fromEntries((await show(by, chatId)).members.map(({ user_id: id, role }) => [id, role]));

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

  describe('members', () => {
    test('whoever creates a chat owns it and is alone in it', async () => {
      const { chat_id: chatId } = await ann.api.ask(createChat, { body: { chat_name: '👋 Grüße' } });
      const { created_at: createdAt, ...chat } = await show(ann, chatId);
      const owner = { user_id: ann.userId, user_name: ann.userName, role: 'owner', read_seq: 0 };
      expect(chat).toEqual({ chat_id: chatId, chat_name: '👋 Grüße', kind: 'group', seq: 0, members: [owner] });
      expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
    });

    test('two chats of the same name are two chats', async () => {
      const request = { body: { chat_name: 'twice' } };
      const [one, other] = [await ann.api.ask(createChat, request), await ann.api.ask(createChat, request)];
      expect(one.chat_id).not.toBe(other.chat_id);
    });

    test('a plain member adds others, by name, whatever its case', async () => {
      const chatId = await createGroup(ann, bob);
      expect(await add(bob, chatId, cat.userName.toUpperCase())).toEqual({ user_id: cat.userId });
      const { members } = await show(cat, chatId);
      expect(members.map(({ user_name: name }) => name).toSorted()).toEqual([ann.userName, bob.userName, cat.userName]);
      expect(await listRoles(cat, chatId)).toEqual({
        [ann.userId]: 'owner',
        [bob.userId]: 'member',
        [cat.userId]: 'member',
      });
    });

    test('nobody is added twice, and nobody who does not exist', async () => {
      const path = { chat_id: await createGroup(ann, bob) };
      expect(await ann.api.refusal(addMember, { path, body: { user_name: bob.userName } })).toBe('409 conflict');
      const nobody = `nobody ${randomUUID()}`;
      expect(await ann.api.refusal(addMember, { path, body: { user_name: nobody } })).toBe('404 user-not-found');
      expect((await show(ann, path.chat_id)).members).toHaveLength(2);
    });

    test('ten requests at once to add the same user add one member', async () => {
      const path = { chat_id: await createGroup(ann) };
      const body = { user_name: bob.userName };
      const answers = await Promise.all(Array.from({ length: 10 }, () => ann.api.call(addMember, { path, body })));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
        201,
        ...Array<number>(9).fill(409),
      ]);
      expect((await show(bob, path.chat_id)).members).toHaveLength(2);
    });

    test('a member leaves, and is out of everything at once', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, 'hello');
      await remove(bob, chatId, bob);
      for (const operation of [showChat, listMessages])
        expect(await bob.api.refusal(operation, { path: { chat_id: chatId } })).toBe('404 chat-not-found');
      const message = { path: { chat_id: chatId }, body: { message: 'still here' } };
      expect(await bob.api.refusal(sendMessage, message)).toBe('404 chat-not-found');
      expect(await findListed(bob, chatId)).toBeUndefined();
      expect((await readAll(ann, chatId)).map(({ text }) => text)).toEqual(['hello']);
    });

    test('of messages on their way while their sender is removed, those answered 201 are stored and no others', async () => {
      const chatId = await createGroup(ann, bob);
      const texts = Array.from({ length: 8 }, (_, index) => `message ${index}`);
      const [answers] = await Promise.all([
        Promise.all(
          texts.map((message) => bob.api.call(sendMessage, { path: { chat_id: chatId }, body: { message } })),
        ),
        remove(ann, chatId, bob),
      ]);
      for (const { status } of answers) expect([201, 404]).toContain(status);
      const accepted = texts.filter((_, index) => answers[index]?.status === 201);
      expect((await readAll(ann, chatId)).map(({ text }) => text).toSorted()).toEqual(accepted);
    });

    test('only the owner removes others', async () => {
      const chatId = await createGroup(ann, bob, cat);
      const path = { chat_id: chatId, user_id: cat.userId };
      expect(await bob.api.refusal(removeMember, { path })).toBe('403 forbidden');
      await remove(ann, chatId, cat);
      expect(await ann.api.refusal(removeMember, { path })).toBe('404 user-not-found');
      expect(await listRoles(bob, chatId)).toEqual({ [ann.userId]: 'owner', [bob.userId]: 'member' });
    });

    test('an owner who leaves is followed by whoever has been a member longest', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, 'between the two');
      await add(ann, chatId, cat.userName);
      await remove(ann, chatId, ann);
      expect(await listRoles(cat, chatId)).toEqual({ [bob.userId]: 'owner', [cat.userId]: 'member' });
      await remove(bob, chatId, cat);
      expect(await listRoles(bob, chatId)).toEqual({ [bob.userId]: 'owner' });
    });

    test('whoever comes back begins anew: nothing unread, and own messages of before count as read', async () => {
      const chatId = await createGroup(ann, bob);
      await send(bob, chatId, 'one', 'two');
      await send(ann, chatId, 'three');
      await remove(bob, chatId, bob);
      await send(ann, chatId, 'while away');
      await add(ann, chatId, bob.userName);
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 0, read_seq: 4 });
      await send(bob, chatId, 'five');
      await send(ann, chatId, 'six', 'seven');
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 2, read_seq: 4 });
      expect(await readAll(bob, chatId)).toHaveLength(7);
    });

    test('a chat takes 256 members and no more', async () => {
      const path = { chat_id: await createGroup(ann) };
      await fillChat(awsEndpoint, path.chat_id, 255);
      await add(ann, path.chat_id, bob.userName);
      expect(await ann.api.refusal(addMember, { path, body: { user_name: cat.userName } })).toBe('409 conflict');
      expect((await show(bob, path.chat_id)).members).toHaveLength(256);
      expect(await send(bob, path.chat_id, 'to 255 others')).toBe(1);
      await remove(bob, path.chat_id, bob);
      await add(ann, path.chat_id, cat.userName);
    });
  });

  describe('the list of chats', () => {
    let dan: SignedInUser;
    let eve: SignedInUser;

    beforeAll(async () => {
      [dan, eve] = await Promise.all([signInNewUser(baseUrl, 'dan'), signInNewUser(baseUrl, 'eve')]);
    });

    test('is empty for whoever is in no chat', async () => {
      expect(await eve.api.ask(listChats)).toEqual({ chats: [] });
    });

    test('shows the last message and counts what others have sent and the user has not read', async () => {
      const chatId = await createGroup(ann, bob);
      expect(await findListed(bob, chatId)).toEqual({
        chat_id: chatId,
        chat_name: 'group',
        kind: 'group',
        unread_count: 0,
        read_seq: 0,
      });
      await send(ann, chatId, 'one', 'two');
      await send(bob, chatId, 'three');
      await send(ann, chatId, 'four');
      const last = { message_id: '4', seq: 4, user_id: ann.userId, text: 'four', created_at: expect.any(String) };
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 3, read_seq: 0, last_message: last });
      expect(await findListed(ann, chatId)).toMatchObject({ unread_count: 1 });
      await bob.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 3 } });
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 1, read_seq: 3 });
    });

    test('counts deleted messages as unread, and shows the last one as deleted', async () => {
      const chatId = await createGroup(ann, bob);
      const seq = await send(ann, chatId, 'one', 'two');
      await ann.api.ask(deleteMessage, { path: { chat_id: chatId, seq } });
      const listed = await findListed(bob, chatId);
      expect(listed).toMatchObject({ unread_count: 2, last_message: { seq: 2, text: '' } });
      expect(listed?.last_message?.deleted_at).toBeDefined();
    });

    test('is ordered by the latest message, and by pages holds every chat once though new messages come', async () => {
      const chats: string[] = [];
      for (let index = 0; index < 5; index++) {
        const chatId = await createGroup(dan);
        await send(dan, chatId, `message ${index}`);
        chats.unshift(chatId);
      }
      const first = await dan.api.ask(listChats, { query: { limit: 2 } });
      expect(first.chats.map(({ chat_id: id }) => id)).toEqual(chats.slice(0, 2));
      // What moves to the front between two pages is not on the second one, and pushes nothing onto it twice.
      const [latest = ''] = chats;
      await send(dan, latest, 'later');
      const second = await dan.api.ask(listChats, { query: { limit: 2, before: first.next?.iterator ?? '' } });
      expect(second.chats.map(({ chat_id: id }) => id)).toEqual(chats.slice(2, 4));
      const third = await dan.api.ask(listChats, { query: { limit: 2, before: second.next?.iterator ?? '' } });
      expect(third.chats.map(({ chat_id: id }) => id)).toEqual(chats.slice(4));
      expect(third.next).toBeUndefined();
      const exact = await dan.api.ask(listChats, { query: { limit: 5 } });
      expect(exact.chats.map(({ chat_id: id }) => id)).toEqual(chats);
      expect(exact.next).toBeUndefined();
    });

    test.each([
      ['limit', 0],
      ['limit', 1_001],
      ['limit', 'many'],
      ['before', 'yesterday'],
    ])('is refused with %s=%s', async (name, value) => {
      const refused = `400 bad-parameters: query.${name}`;
      expect(await ann.api.problems(listChats, { query: { [name]: value } })).toBe(refused);
    });
  });

  test.each([
    ['no name', {}, 'body.chat_name'],
    ['an empty name', { chat_name: '' }, 'body.chat_name'],
    ['a name of 129 characters', { chat_name: '👋'.repeat(129) }, 'body.chat_name'],
    ['a number for a name', { chat_name: 7 }, 'body.chat_name'],
    ['an unknown field', { chat_name: 'group', colour: 'red' }, 'body.colour'],
    ['a list', [], 'body'],
  ])('a chat with %s is refused with 400', async (_, body, location) => {
    expect(await ann.api.problems(createChat, { body })).toBe(`400 bad-parameters: ${location}`);
  });

  test('a chat name has up to 128 characters, also outside the basic plane', async () => {
    const name = '👋'.repeat(128);
    const { chat_id: chatId } = await ann.api.ask(createChat, { body: { chat_name: name } });
    expect((await show(ann, chatId)).chat_name).toBe(name);
  });
});
