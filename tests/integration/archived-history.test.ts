/** Messages that have left their chat's head for its history read as if they had not. */
import { beforeAll, describe, expect, inject, test, vi } from 'vitest';
import {
  deleteMessage,
  editMessage,
  listMessages,
  type ListedMessageAnswer,
  markRead,
} from '../../shared/contract/v1/messages.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { firstSeq } from '../../shared/domain/chat-head.ts';
import { DeployedStack } from '../support/deployed-stack.ts';
import { FAN_OUT_TIME_MS } from '../support/fan-out-time.ts';
import { createGroup, findListed, readAll, send } from '../support/group-chat.ts';
import { type SignedInUser, signInNewUser } from '../support/signed-in-user.ts';

const MESSAGES = 60;

const textsOf = (messages: readonly ListedMessageAnswer[]): string[] => messages.map(({ text }) => text);

describe.each(inject('deployments'))('$name', ({ baseUrl, awsEndpoint }) => {
  let ann: SignedInUser;
  let bob: SignedInUser;
  let chatId: string;
  /** What must be listed: a text for each message, none for a deleted one. */
  let expected: string[];
  let store: DynamoDbChatStore;

  const at = (seq: number) => ({ path: { chat_id: chatId, seq } });
  const edit = async (seq: number, message: string): Promise<void> => {
    await ann.api.ask(editMessage, { ...at(seq), body: { message } });
    expected[seq - 1] = message;
  };
  const remove = async (seq: number): Promise<void> => {
    await ann.api.ask(deleteMessage, at(seq));
    expected[seq - 1] = '';
  };
  const list = (query: Record<string, number>) => bob.api.ask(listMessages, { path: { chat_id: chatId }, query });
  type Page = Awaited<ReturnType<typeof list>>;

  // Every third message is bob's. Edits and deletes come while their messages are in the head, and after they have left it.
  beforeAll(async () => {
    [ann, bob] = await Promise.all([signInNewUser(baseUrl, 'ann'), signInNewUser(baseUrl, 'bob')]);
    const stack = new DeployedStack(awsEndpoint);
    store = new DynamoDbChatStore(stack.dynamoDb, await stack.findChatTable());
    chatId = await createGroup(ann, bob);
    expected = Array.from({ length: MESSAGES }, (_, index) => `message ${index + 1}`);
    for (const [index, text] of expected.entries()) {
      await send(index % 3 === 2 ? bob : ann, chatId, text);
      if (index === 7) {
        await edit(2, 'edited in the head');
        await remove(4);
        await edit(7, 'edited in the head, then deleted in the history');
      }
    }
    await vi.waitFor(
      async () => {
        const first = firstSeq(await store.readHead(chatId));
        if (first <= 30) throw new Error(`message ${first} and all after it are in the head still`);
      },
      { timeout: FAN_OUT_TIME_MS, interval: 200 },
    );
    await remove(7);
    await remove(10);
    await edit(11, 'edited in the history');
    await edit(11, 'edited in the history, twice');
    await remove(MESSAGES - 2);
  });

  test.each([1, 7, 20, 100])('forwards, in pages of %i', async (limit) => {
    const all = await readAll(bob, chatId, limit);
    expect(textsOf(all)).toEqual(expected);
    expect(all.map(({ seq }) => seq)).toEqual(expected.map((_, index) => index + 1));
    for (const { seq, user_id: sender } of all) expect(sender).toBe(seq % 3 === 0 ? bob.userId : ann.userId);
  });

  test.each([7, 20, 100])('backwards, in pages of %i', async (limit) => {
    const texts: string[] = [];
    for (let before: number | undefined = MESSAGES + 1; before !== undefined;) {
      const page: Page = await list({ before, limit });
      texts.unshift(...textsOf(page.messages));
      before = page.previous?.before;
    }
    expect(texts).toEqual(expected);
  });

  test('around a message, also where the history meets the head', async () => {
    const first = firstSeq(await store.readHead(chatId));
    for (const around of [1, 11, first - 1, first, MESSAGES]) {
      const { messages } = await list({ around, limit: 9 });
      const [from, to] = [messages[0]!.seq, messages.at(-1)!.seq];
      expect(messages).toHaveLength(9);
      expect(from <= around && around <= to).toBe(true);
      expect(textsOf(messages)).toEqual(expected.slice(from - 1, to));
    }
  });

  test('edited and deleted messages say so', async () => {
    const all = await readAll(bob, chatId);
    const changed = (is: (message: ListedMessageAnswer) => boolean) => all.filter(is).map(({ seq }) => seq);
    expect(changed(({ edited_at: editedAt }) => editedAt !== undefined)).toEqual([2, 11]);
    expect(changed(({ deleted_at: deletedAt }) => deletedAt !== undefined)).toEqual([4, 7, 10, MESSAGES - 2]);
  });

  test('the texts of deleted messages are gone from the history itself', async () => {
    const runs = await store.readRuns(chatId, 1, MESSAGES);
    const archived = runs.flatMap(({ chunks }) => chunks.flatMap(({ messages }) => messages));
    expect(archived.length).toBeGreaterThan(30);
    expect([4, 7, 10].map((seq) => archived[seq - 1]?.text)).toEqual(['', '', '']);
    expect(archived.filter(({ text }) => text === '')).toHaveLength(3);
  });

  test('the unread counter counts what was archived too', async () => {
    const listed = await findListed(bob, chatId);
    expect(listed).toMatchObject({ unread_count: 40, read_seq: 0 });
    await bob.api.ask(markRead, { path: { chat_id: chatId }, body: { seq: 10 } });
    // Of the 50 messages left, numbers 12, 15, ..., 60 are bob's own.
    expect(await findListed(bob, chatId)).toMatchObject({ unread_count: 33, read_seq: 10 });
  });
});
