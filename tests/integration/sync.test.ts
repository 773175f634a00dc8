/** The feed of changes: what is told of what has happened in all chats since a cursor, and to whom. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { openDirectChat } from '../../shared/contract/counters/chats.ts';
import { addMember, removeMember } from '../../shared/contract/v1/chats.ts';
import { deleteMessage, editMessage, markRead } from '../../shared/contract/v1/messages.ts';
import { syncChats } from '../../shared/contract/v1/sync.ts';
import { createGroup, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const sync = (user: SignedInUser, since?: string, limit?: number) =>
  user.api.ask(syncChats, {
    query: { ...(since !== undefined && { since }), ...(limit !== undefined && { limit }) },
  });

describe.each(inject('deployments'))('$name', ({ baseUrl }) => {
  let ann: SignedInUser;
  let bob: SignedInUser;
  let chatId: string;

  beforeAll(async () => {
    [ann, bob] = await Promise.all([signInNewUser(baseUrl, 'ann'), signInNewUser(baseUrl, 'bob')]);
  });
  beforeEach(async () => {
    chatId = await createGroup(ann, bob);
    await send(ann, chatId, 'before');
  });

  const at = (seq: number) => ({ path: { chat_id: chatId, seq } });

  test('begins at the moment of the first question', async () => {
    const first = await sync(bob);
    expect(first).toEqual({ chats: [], left: [], cursor: expect.any(String), more: false });
    expect(await sync(bob, first.cursor)).toEqual(first);
  });

  test('tells of new messages, edits, deletes and marks at once', async () => {
    await send(ann, chatId, 'two', 'three');
    const { cursor } = await sync(bob);
    await send(ann, chatId, 'four');
    await ann.api.ask(editMessage, { ...at(1), body: { message: 'edited' } });
    await ann.api.ask(deleteMessage, at(2));
    await ann.api.ask(editMessage, { ...at(4), body: { message: 'four, edited' } });
    await bob.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 3 } });
    const { chats, left, more } = await sync(bob, cursor);
    expect({ left, more }).toEqual({ left: [], more: false });
    expect(chats).toEqual([
      expect.objectContaining({
        chat_id: chatId,
        chat_name: 'group',
        kind: 'group',
        seq: 4,
        read_seq: 3,
        unread_count: 1,
        messages: [expect.objectContaining({ seq: 4, text: 'four, edited', edited_at: expect.any(String) })],
        edits: [
          expect.objectContaining({ seq: 1, text: 'edited', edited_at: expect.any(String) }),
          expect.objectContaining({ seq: 2, text: '', deleted_at: expect.any(String) }),
        ],
        marks: expect.arrayContaining([
          { user_id: bob.userId, read_seq: 3 },
          { user_id: ann.userId, read_seq: 0 },
        ]),
      }),
    ]);
  });

  test('tells the same again to whoever asks again, and what has come since', async () => {
    const { cursor } = await sync(bob);
    await send(ann, chatId, 'two');
    await sync(bob, cursor);
    await send(ann, chatId, 'three');
    const { chats } = await sync(bob, cursor);
    expect(chats.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual(['two', 'three']);
  });

  test('tells the holder of an older cursor too, once a later one was used', async () => {
    const { cursor } = await sync(bob);
    await send(ann, chatId, 'two');
    const later = await sync(bob, cursor);
    await send(ann, chatId, 'three');
    await sync(bob, later.cursor);
    const { chats } = await sync(bob, cursor);
    expect(chats.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual(['two', 'three']);
  });

  test('comes in pages, without a gap', async () => {
    const { cursor } = await sync(bob);
    const texts = Array.from({ length: 7 }, (_, index) => `text ${index}`);
    await send(ann, chatId, ...texts);
    const told: string[] = [];
    for (let since = cursor, more = true, pages = 0; more; pages++) {
      expect(pages).toBeLessThan(4);
      const page = await sync(bob, since, 3);
      told.push(...page.chats.flatMap(({ messages }) => messages.map(({ text }) => text)));
      [since, more] = [page.cursor, page.more];
    }
    expect(told).toEqual(texts);
  });

  test('tells of chats that one has come to, from then on, and of those that one has left', async () => {
    const cat = await signInNewUser(baseUrl, 'cat');
    const { cursor } = await sync(cat);
    await ann.api.ask(addMember, { path: { chat_id: chatId }, body: { user_name: cat.userName } });
    await send(ann, chatId, 'welcome');
    const joined = await sync(cat, cursor);
    expect(joined.chats).toMatchObject([{ chat_id: chatId, messages: [{ seq: 2, text: 'welcome' }] }]);
    await ann.api.ask(removeMember, { path: { chat_id: chatId, user_id: cat.userId } });
    await send(ann, chatId, 'among us');
    expect(await sync(cat, joined.cursor)).toMatchObject({ chats: [], left: [chatId] });
  });

  test('tells how far the other one of a direct chat has read', async () => {
    const { chat_id: direct } = await bob.api.ask(openDirectChat, { body: { companion_id: ann.userId } });
    const seq = await send(bob, direct, 'hello');
    const { cursor } = await sync(bob);
    await ann.api.ask(markRead, { path: { chat_id: direct }, body: { seq } });
    const { chats } = await sync(bob, cursor);
    expect(chats).toMatchObject([{ chat_id: direct, messages: [] }]);
    expect(chats[0]?.marks).toContainEqual({ user_id: ann.userId, read_seq: seq });
  });

  test.each([
    ['of somebody else', async () => (await sync(ann)).cursor],
    ['that was made up', async () => randomUUID().slice(0, 22)],
  ])('a cursor %s is not found', async (_, makeCursor) => {
    const since = await makeCursor();
    expect(await bob.api.refusal(syncChats, { query: { since } })).toBe('404 cursor-not-found');
  });

  test.each(['x', 'x'.repeat(23), ''])('a cursor "%s", which cannot be one, is refused', async (since) => {
    expect(await bob.api.problems(syncChats, { query: { since } })).toBe('400 bad-parameters: query.since');
  });
});
