/** Messages of a chat: in which order they are listed, what reading, editing and deleting makes of them. */
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { addMember, removeMember, showChat } from '../../shared/contract/v1/chats.ts';
import {
  deleteMessage,
  editMessage,
  listMessages,
  type ListedMessageAnswer,
  markRead,
  sendMessage,
} from '../../shared/contract/v1/messages.ts';
import { createGroup, findListed, readAll, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const seqs = (messages: readonly ListedMessageAnswer[]): number[] => messages.map(({ seq }) => seq);

const mark = (chatId: string, seq: unknown) => ({ path: { chat_id: chatId }, body: { seq } });
const at = (chatId: string, seq: number | string) => ({ path: { chat_id: chatId, seq } });

describe.each(inject('deployments'))('$name', ({ baseUrl }) => {
  let ann: SignedInUser;
  let bob: SignedInUser;

  beforeAll(async () => {
    [ann, bob] = await Promise.all([signInNewUser(baseUrl, 'ann'), signInNewUser(baseUrl, 'bob')]);
  });

  const list = (chatId: string, query: Record<string, string | number> = {}) =>
    ann.api.ask(listMessages, { path: { chat_id: chatId }, query });

  describe('sending', () => {
    test('messages are numbered from 1 and listed oldest first, as they were sent', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, 'one');
      await send(bob, chatId, 'two');
      const { messages, ...rest } = await list(chatId);
      expect(messages).toEqual([
        { message_id: '1', seq: 1, user_id: ann.userId, text: 'one', created_at: expect.any(String) },
        { message_id: '2', seq: 2, user_id: bob.userId, text: 'two', created_at: expect.any(String) },
      ]);
      expect(rest).toEqual({});
      for (const { created_at: time } of messages) expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
    });

    test('messages sent at once by two members are numbered without gap or repeat', async () => {
      const chatId = await createGroup(ann, bob);
      const texts = Array.from({ length: 5 }, (_, index) => `message ${index}`);
      const sent = [ann, bob].flatMap((sender) =>
        texts.map(async (text) => ({ seq: await send(sender, chatId, text), user_id: sender.userId, text })),
      );
      const expected = (await Promise.all(sent)).toSorted((a, b) => a.seq - b.seq);
      expect(expected.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await readAll(bob, chatId)).toMatchObject(expected);
    });

    test.each([
      ['one character', 'x'],
      ['4,096 characters outside the basic plane', '😀'.repeat(4_096)],
      ['control characters, quotes and markup', 'a\u0000"\\\n\u2028</script>'],
      ['a space', ' '],
      ['a word that means something to JavaScript', '__proto__'],
    ])('a text of %s is listed as it was sent', async (_, text) => {
      const chatId = await createGroup(ann);
      await send(ann, chatId, text);
      expect((await list(chatId)).messages.map((message) => message.text)).toEqual([text]);
    });

    test.each([
      ['no text', {}, 'body.message'],
      ['an empty text', { message: '' }, 'body.message'],
      ['a text of 4,097 characters', { message: 'x'.repeat(4_097) }, 'body.message'],
      ['half a surrogate pair', { message: '\ud83d' }, 'body.message'],
      ['null for a text', { message: null }, 'body.message'],
      ['an unknown field', { message: 'hello', colour: 'red' }, 'body.colour'],
    ])('%s is refused with 400 and stores nothing', async (_, body, location) => {
      const path = { chat_id: await createGroup(ann) };
      for (const operation of [sendMessage, editMessage])
        expect(await ann.api.problems(operation, { path: { ...path, seq: 1 }, body })).toBe(
          `400 bad-parameters: ${location}`,
        );
      expect(await send(ann, path.chat_id, 'the first')).toBe(1);
    });
  });

  describe('pages', () => {
    let chatId: string;

    beforeAll(async () => {
      chatId = await createGroup(ann);
      await send(ann, chatId, ...Array.from({ length: 12 }, (_, index) => `message ${index + 1}`));
    });

    test('following the iterators from the oldest message on gives each message once, and then no iterator', async () => {
      for (const limit of [1, 5, 6, 12, 13]) {
        const all = await readAll(ann, chatId, limit);
        expect(all.map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, index) => `message ${index + 1}`));
      }
    });

    test.each([
      // query, its page, whether it goes on after it, where it goes on before it
      [{ limit: 5 }, [1, 2, 3, 4, 5], true, undefined],
      [{ limit: 12 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], false, undefined],
      [{ before: 1 }, [], false, undefined],
      [{ before: 2 }, [1], true, undefined],
      [{ before: 4, limit: 2 }, [2, 3], true, 2],
      [{ before: 13, limit: 3 }, [10, 11, 12], false, 10],
      [{ before: 1_000, limit: 3 }, [10, 11, 12], false, 10],
      [{ after: 1, limit: 2 }, [2, 3], true, 2],
      [{ after: 10, limit: 5 }, [11, 12], false, 11],
      [{ after: 12 }, [], false, undefined],
      [{ after: 1_000 }, [], false, undefined],
      [{ around: 6, limit: 5 }, [4, 5, 6, 7, 8], true, 4],
      [{ around: 6, limit: 4 }, [5, 6, 7, 8], true, 5],
      [{ around: 6, limit: 1 }, [6], true, 6],
      [{ around: 1, limit: 3 }, [1, 2, 3], true, undefined],
      [{ around: 12, limit: 3 }, [10, 11, 12], false, 10],
      [{ around: 12, limit: 100 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], false, undefined],
    ])('%j', async (query, page, goesOn, before) => {
      const { messages, next, previous } = await list(chatId, query);
      expect(seqs(messages)).toEqual(page);
      expect(next !== undefined).toBe(goesOn);
      expect(previous).toEqual(before && { before });
    });

    test('going back page by page from the newest message gives each message once', async () => {
      const collected: number[] = [];
      for (let before: number | undefined = 13; before !== undefined;) {
        const { messages, previous } = await list(chatId, { before, limit: 5 });
        collected.unshift(...seqs(messages));
        before = previous?.before;
      }
      expect(collected).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    });

    test('an empty chat has an empty page and nothing before or after it', async () => {
      const empty = await createGroup(ann);
      for (const query of [{}, { before: 5 }, { after: 5 }, { around: 1 }])
        expect(await list(empty, query)).toEqual({ messages: [] });
    });

    test('whoever asks after the newest message gets what has come since', async () => {
      const growing = await createGroup(ann);
      const newest = await send(ann, growing, 'one', 'two');
      expect(await list(growing, { after: newest })).toEqual({ messages: [] });
      await send(ann, growing, 'three');
      expect((await list(growing, { after: newest })).messages.map(({ text }) => text)).toEqual(['three']);
    });

    test.each([
      [{ limit: 0 }, 'query.limit'],
      [{ limit: 1_001 }, 'query.limit'],
      [{ limit: 1.5 }, 'query.limit'],
      [{ limit: 'all' }, 'query.limit'],
      [{ limit: '1e1' }, 'query.limit'],
      [{ limit: '' }, 'query.limit'],
      [{ before: 0 }, 'query.before'],
      [{ after: -1 }, 'query.after'],
      [{ around: 'x' }, 'query.around'],
      [{ from: 'the beginning' }, 'query.from'],
      [{ from: 0 }, 'query.from'],
      [{ before: 5, after: 1 }, 'query.after'],
      [{ from: 1, around: 3 }, 'query.around'],
    ])('%j is refused with 400', async (query, location) => {
      const refused = `400 bad-parameters: ${location}`;
      expect(await ann.api.problems(listMessages, { path: { chat_id: chatId }, query })).toBe(refused);
    });
  });

  describe('read marks', () => {
    test('move forward and never back, and nobody else sees less unread for it', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, 'one', 'two', 'three', 'four');
      await bob.api.ask(markRead, mark(chatId, 3));
      await bob.api.ask(markRead, mark(chatId, 1));
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 1, read_seq: 3 });
      const { members } = await ann.api.ask(showChat, { path: { chat_id: chatId } });
      const marks = Object.fromEntries(members.map(({ user_id: id, read_seq: read }) => [id, read]));
      expect(marks).toEqual({ [ann.userId]: 0, [bob.userId]: 3 });
    });

    test('listing messages moves none', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, 'one', 'two');
      await readAll(bob, chatId);
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 2, read_seq: 0 });
    });

    test('beyond the newest message are refused with 400', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, 'one');
      for (const seq of [2, 0, -1, 1.5, '1', null])
        expect(await bob.api.problems(markRead, mark(chatId, seq))).toBe('400 bad-parameters: body.seq');
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 1 });
    });

    test('ten at once leave the furthest', async () => {
      const chatId = await createGroup(ann, bob);
      await send(ann, chatId, ...Array.from({ length: 10 }, (_, index) => `message ${index}`));
      const marks = [4, 9, 2, 7, 1, 8, 3, 6, 5, 2];
      await Promise.all(marks.map((seq) => bob.api.ask(markRead, mark(chatId, seq))));
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 1, read_seq: 9 });
    });

    test('the unread counter is right while members send, read and delete at once', async () => {
      const chatId = await createGroup(ann, bob);
      const texts = Array.from({ length: 10 }, (_, index) => `message ${index}`);
      await send(ann, chatId, ...texts);
      await Promise.all([
        send(ann, chatId, ...texts),
        send(bob, chatId, ...texts),
        ...[10, 3, 7].map((seq) => bob.api.ask(markRead, mark(chatId, seq))),
        ...[2, 5].map((seq) => ann.api.ask(deleteMessage, { path: { chat_id: chatId, seq } })),
      ]);
      const all = await readAll(bob, chatId);
      const naive = all.filter(({ seq, user_id: sender }) => seq > 10 && sender === ann.userId).length;
      expect(naive).toBe(10);
      expect(await findListed(bob, chatId)).toMatchObject({ unread_count: naive, read_seq: 10 });
    });
  });

  describe('editing and deleting', () => {
    test('an edited message keeps its place and says when it was edited, also as the last one of the list', async () => {
      const chatId = await createGroup(ann, bob);
      await send(bob, chatId, 'one', 'two');
      const before = (await readAll(ann, chatId))[1]!;
      const edited = await bob.api.ask(editMessage, { ...at(chatId, 2), body: { message: 'two, again' } });
      expect(edited).toEqual({ ...before, text: 'two, again', edited_at: expect.any(String) });
      expect((await readAll(ann, chatId))[1]).toEqual(edited);
      expect((await findListed(ann, chatId))?.last_message).toEqual(edited);
      const twice = await bob.api.ask(editMessage, { ...at(chatId, 2), body: { message: 'two, for good' } });
      expect((await readAll(ann, chatId))[1]).toEqual(twice);
    });

    test('a deleted message leaves its place without a text, for good', async () => {
      const chatId = await createGroup(ann, bob);
      await send(bob, chatId, 'one', 'two', 'three');
      const [, before] = await readAll(ann, chatId);
      for (let time = 0; time < 2; time++) await bob.api.ask(deleteMessage, at(chatId, 2));
      const messages = await readAll(ann, chatId);
      expect(messages.map(({ text }) => text)).toEqual(['one', '', 'three']);
      expect(messages[1]).toEqual({ ...before, text: '', deleted_at: expect.any(String) });
      const edit = { ...at(chatId, 2), body: { message: 'two, again' } };
      expect(await bob.api.refusal(editMessage, edit)).toBe('404 message-not-found');
    });

    test('only the author edits; the author and the owner delete', async () => {
      const chatId = await createGroup(ann, bob);
      await send(bob, chatId, 'of bob', 'of bob');
      const ofAnn = await send(ann, chatId, 'of ann');
      const body = { message: 'not mine' };
      expect(await ann.api.refusal(editMessage, { ...at(chatId, 1), body })).toBe('403 forbidden');
      expect(await bob.api.refusal(editMessage, { ...at(chatId, ofAnn), body })).toBe('403 forbidden');
      expect(await bob.api.refusal(deleteMessage, at(chatId, ofAnn))).toBe('403 forbidden');
      await ann.api.ask(deleteMessage, at(chatId, 1));
      await bob.api.ask(deleteMessage, at(chatId, 2));
      expect((await readAll(bob, chatId)).map(({ text }) => text)).toEqual(['', '', 'of ann']);
    });

    test('a message that does not exist is neither edited nor deleted', async () => {
      const chatId = await createGroup(ann);
      await send(ann, chatId, 'one');
      const body = { message: 'two' };
      expect(await ann.api.refusal(editMessage, { ...at(chatId, 2), body })).toBe('404 message-not-found');
      expect(await ann.api.refusal(deleteMessage, at(chatId, 2))).toBe('404 message-not-found');
      for (const seq of [0, -1, 'x', 1.5])
        expect(await ann.api.problems(deleteMessage, at(chatId, seq))).toBe('400 bad-parameters: path.seq');
    });

    test('edits at once leave one of them, and whoever reads it reads the same', async () => {
      const chatId = await createGroup(ann);
      await send(ann, chatId, 'one');
      const texts = Array.from({ length: 5 }, (_, index) => `edit ${index}`);
      await Promise.all(texts.map((message) => ann.api.ask(editMessage, { ...at(chatId, 1), body: { message } })));
      const [first] = await readAll(ann, chatId);
      expect(texts).toContain(first?.text);
      expect(await readAll(ann, chatId)).toEqual([first]);
    });

    test('an author who was removed and came back edits what was written before', async () => {
      const chatId = await createGroup(ann, bob);
      await send(bob, chatId, 'one');
      await ann.api.ask(removeMember, { path: { chat_id: chatId, user_id: bob.userId } });
      const body = { message: 'one, again' };
      expect(await bob.api.refusal(editMessage, { ...at(chatId, 1), body })).toBe('404 chat-not-found');
      await ann.api.ask(addMember, { path: { chat_id: chatId }, body: { user_name: bob.userName } });
      expect(await bob.api.ask(editMessage, { ...at(chatId, 1), body })).toMatchObject({ text: 'one, again' });
    });
  });
});
