/** Chats of two people, as the clients of the contract of counters see them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { DirectMessageAnswer } from '../../shared/contract/counters/chats.ts';
import { listDirectChats, listDirectMessages, openDirectChat } from '../../shared/contract/counters/chats.ts';
import { getByEmail, signIn, signUp } from '../../shared/contract/counters/people.ts';
import { addMember, removeMember, showChat } from '../../shared/contract/v1/chats.ts';
import { deleteMessage, listMessages, markRead } from '../../shared/contract/v1/messages.ts';
import { ApiClient } from '../support/api-client.ts';
import { findListed, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const open = async (one: SignedInUser, other: SignedInUser): Promise<string> =>
  (await one.api.ask(openDirectChat, { body: { companion_id: other.userId } })).chat_id;
const listOf = (user: SignedInUser, chatId: string, page: { limit?: number; offset?: number } = {}) =>
  user.api.ask(listDirectMessages, { query: { chat_id: chatId, ...page } });
const error = (code: number) => ({ status: code, body: { code, message: expect.any(String) } });

describe.each(inject('deployments'))('$name', ({ baseUrl }) => {
  let ann: SignedInUser;
  let bob: SignedInUser;
  let cat: SignedInUser;

  beforeAll(async () => {
    [ann, bob, cat] = await Promise.all([
      signUpNewUser(baseUrl, 'Ann', 'Miller'),
      signInNewUser(baseUrl, 'bob'),
      signInNewUser(baseUrl, 'cat'),
    ]);
  });

  test('two users have one chat, whichever of them opens it, how often, or at once', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? open(ann, bob) : open(bob, ann))),
    );
    expect(new Set([...opened, await open(ann, bob)]).size).toBe(1);
    expect(await open(ann, cat)).not.toBe(opened[0]);
  });

  test('a chat with oneself, with nobody, or with what is no user is refused', async () => {
    const refusal = async (companion: unknown): Promise<unknown> => {
      const { status, text } = await ann.api.call(openDirectChat, { body: { companion_id: companion } });
      return { status, body: JSON.parse(text) };
    };
    expect(await refusal(ann.userId)).toEqual(error(400));
    expect(await refusal('bob')).toEqual(error(400));
    expect(await refusal(undefined)).toEqual(error(400));
    expect(await refusal(randomUUID())).toEqual(error(404));
  });

  test('the list shows participants by name, and counts what was not read', async () => {
    const chatId = await open(ann, bob);
    await send(ann, chatId, 'one', 'two');
    const { chats, ...page } = await bob.api.ask(listDirectChats);
    expect(page).toEqual({ total: 1, limit: 20, offset: 0 });
    const [chat] = chats;
    expect(chat).toEqual({
      id: chatId,
      create_time: expect.any(String),
      participants: expect.arrayContaining([
        { id: ann.userId, name: 'Ann', surname: 'Miller' },
        { id: bob.userId, name: bob.userName, surname: '' },
      ]),
      unread_count: 2,
    });
    expect(chat?.participants).toHaveLength(2);
    expect(Math.abs(Date.parse(chat?.create_time ?? '') - Date.now())).toBeLessThan(120_000);
  });

  test('listing messages reads them: the counter goes down by what was listed', async () => {
    const chatId = await open(cat, bob);
    const unread = async (): Promise<number | undefined> => (await findListed(bob, chatId))?.unread_count;
    await send(cat, chatId, 'one', 'two', 'three');
    expect(await unread()).toBe(3);
    await listOf(bob, chatId, { limit: 2 });
    expect(await unread()).toBe(1);
    await listOf(bob, chatId);
    expect(await unread()).toBe(0);
    await send(cat, chatId, 'four');
    expect(await unread()).toBe(1);
  });

  test('pages are counted from the oldest message on', async () => {
    const chatId = await open(ann, cat);
    await send(ann, chatId, 'one', 'two', 'three', 'four', 'five');
    const { messages, ...page } = await listOf(cat, chatId, { limit: 2, offset: 1 });
    expect(page).toEqual({ total: 5, limit: 2, offset: 1 });
    expect(messages.map(({ id, text }) => [id, text])).toEqual([
      ['2', 'two'],
      ['3', 'three'],
    ]);
    expect(await listOf(cat, chatId, { limit: 2, offset: 4 })).toMatchObject({
      total: 5,
      messages: [{ text: 'five' }],
    });
    expect(await listOf(cat, chatId, { offset: 5 })).toEqual({ total: 5, limit: 20, offset: 5, messages: [] });
  });

  test('a message is created, received once fetched, read once listed as read, and deleted', async () => {
    const [dan, eve] = [await signInNewUser(baseUrl, 'dan'), await signInNewUser(baseUrl, 'eve')];
    const chatId = await open(dan, eve);
    await send(dan, chatId, 'hello');
    const seen = async (): Promise<DirectMessageAnswer[]> => (await listOf(dan, chatId)).messages;

    const created = await seen();
    expect(created).toEqual([
      {
        id: '1',
        text: 'hello',
        status: 'created',
        create_time: expect.any(String),
        user_id: dan.userId,
        chat_id: chatId,
      },
    ]);
    await eve.api.ask(listMessages, { path: { chat_id: chatId } });
    expect(await seen()).toEqual([{ ...created[0], status: 'received' }]);
    await eve.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 1 } });
    expect(await seen()).toEqual([{ ...created[0], status: 'read' }]);
    await dan.api.ask(deleteMessage, { path: { chat_id: chatId, seq: 1 } });
    expect(await seen()).toEqual([{ ...created[0], status: 'deleted', text: '' }]);
  });

  test('it is a chat of the canonical API too, for good: nobody joins, leaves or owns it', async () => {
    const chatId = await open(ann, bob);
    const path = { chat_id: chatId };
    const { members, ...chat } = await bob.api.ask(showChat, { path });
    expect(chat).toMatchObject({ kind: 'direct', chat_name: ann.userName });
    expect(members.map(({ role }) => role)).toEqual(['member', 'member']);
    expect((await findListed(ann, chatId))?.chat_name).toBe(bob.userName);
    expect(await ann.api.refusal(addMember, { path, body: { user_name: cat.userName } })).toBe('403 forbidden');
    for (const { userId } of [ann, bob])
      expect(await ann.api.refusal(removeMember, { path: { ...path, user_id: userId } })).toBe('403 forbidden');
    const seq = await send(bob, chatId, 'of bob');
    expect(await ann.api.refusal(deleteMessage, { path: { ...path, seq } })).toBe('403 forbidden');
  });

  test.each([
    ['no chat', {}],
    ['a limit of 0', { chat_id: randomUUID(), limit: 0 }],
    ['a limit of 1,001', { chat_id: randomUUID(), limit: 1_001 }],
    ['a negative offset', { chat_id: randomUUID(), offset: -1 }],
    ['half an offset', { chat_id: randomUUID(), offset: 0.5 }],
  ])('messages of %s are refused with 400', async (_, query) => {
    const { status, text } = await ann.api.call(listDirectMessages, { query });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({ code: 400, message: expect.any(String) });
  });
});

/** A user with a profile. */
async function signUpNewUser(baseUrl: string, name: string, surname: string): Promise<SignedInUser> {
  const anyone = new ApiClient(baseUrl);
  const credentials = { email: `${randomUUID()}@email.com`, password: randomUUID() };
  const profile = { birthday: '1994-04-10T20:21:25+00:00', sex: 'female', city: 'Kraków', interests: 'running' };
  await anyone.ask(signUp, { body: { ...credentials, name, surname, ...profile } });
  const { access_token: token } = await anyone.ask(signIn, { body: credentials });
  const api = new ApiClient(baseUrl, token);
  const { user_id: userId } = await api.ask(getByEmail, { query: { email: credentials.email } });
  return { userId, userName: credentials.email, password: credentials.password, token, api };
}
