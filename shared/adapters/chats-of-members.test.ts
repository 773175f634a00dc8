/** What the chat store and the inbox promise about chats of members, on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { type Head, LIMITS } from '../domain/chat-head.ts';
import { makeRun } from '../domain/chat-history.ts';
import { makeChunk } from '../domain/chunk.ts';
import { ChatNotFoundError, HeadMovedError } from '../domain/errors.ts';
import { requireMember } from '../domain/membership.ts';
import { redactRun } from '../domain/redact-run.ts';
import { DynamoDbChatStore } from './dynamodb-chat-store.ts';
import { DynamoDbInbox } from './dynamodb-inbox.ts';

let database: ChatDatabase;
let store: DynamoDbChatStore;
let inbox: DynamoDbInbox;
let chatId = '';

beforeAll(async () => {
  database = await startChatDatabase();
  const client = connectTo(database.endpoint);
  store = new DynamoDbChatStore(client, CHAT_TABLE);
  inbox = new DynamoDbInbox(client, CHAT_TABLE);
});
afterAll(() => database.stop());
beforeEach(() => {
  chatId = randomUUID();
});

const createChat = (members = ['ann', 'bob']): Promise<Head> =>
  store.createChat(chatId, { kind: 'group', name: 'friends', createdAt: 1_700_000_000_000, owner: 'ann', members });

function append(head: Head, sender: string, ...texts: string[]): Promise<Head> {
  const messages = texts.map((text) => ({ sender, text }));
  return store.append(chatId, head, makeChunk(randomUUID(), 1_700_000_000_000, messages), new Map());
}

describe('a chat of members', () => {
  test('is not there before it is created', async () => {
    await expect(store.readHead(chatId)).rejects.toThrow(ChatNotFoundError);
  });

  test('is created once, as whoever came first wanted it', async () => {
    const heads = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        store.createChat(chatId, { kind: 'group', name, createdAt: 0, owner: 'ann', members: ['ann'] }),
      ),
    );
    expect(new Set(heads.map(({ membership }) => membership?.name)).size).toBe(1);
  });

  test('begins with members who have sent nothing', async () => {
    expect(await createChat()).toMatchObject({
      seq: 0,
      sent: new Map([
        ['ann', 0],
        ['bob', 0],
      ]),
      membership: { kind: 'group', name: 'friends', owner: 'ann', revision: 0, joinKeys: new Map() },
    });
  });

  test('is read with others, those that there are', async () => {
    const head = await createChat();
    expect(await store.readHeads([chatId, randomUUID()])).toEqual(new Map([[chatId, head]]));
  });
});

describe('a member who joins', () => {
  test('begins at the newest message of that very moment, whatever was read before', async () => {
    const before = await createChat();
    await append(before, 'ann', 'one', 'two');
    const { membership, sent } = await store.join(chatId, before, 'cat', 'the-key');
    expect([membership?.joined.get('cat'), sent.get('cat'), membership?.joinKeys.get('cat')]).toEqual([
      2,
      0,
      'the-key',
    ]);
  });

  test('is refused if a member already, and if somebody has left in between', async () => {
    const head = await createChat();
    await expect(store.join(chatId, head, 'bob')).rejects.toThrow(HeadMovedError);
    await store.leave(chatId, head, 'bob', 'ann');
    await expect(store.join(chatId, head, 'cat')).rejects.toThrow(HeadMovedError);
  });

  test('is refused by a chat that is full, which still takes messages of the longest batch', async () => {
    const members = Array.from({ length: LIMITS.members }, () => randomUUID());
    const full = await createChat(members);
    await expect(store.join(chatId, full, 'cat')).rejects.toThrow(HeadMovedError);
    const messages = members.slice(0, LIMITS.batchMessages).map((sender) => ({ sender, text: 'hello' }));
    const head = await store.append(chatId, full, makeChunk('batch', 0, messages), new Map());
    expect(head.seq).toBe(LIMITS.batchMessages);
  });
});

describe('a member who leaves', () => {
  test('takes everything along but the messages, and the owner is who follows', async () => {
    const head = await append(await store.join(chatId, await createChat(), 'cat', 'the-key'), 'cat', 'bye');
    const { seq, epoch, sent, membership } = await store.leave(chatId, head, 'cat', 'bob');
    expect({ seq, epoch, members: [...sent.keys()].toSorted(), owner: membership?.owner }).toEqual({
      seq: 1,
      epoch: 1,
      members: ['ann', 'bob'],
      owner: 'bob',
    });
    expect([...(membership?.joined.keys() ?? []), ...(membership?.joinKeys.keys() ?? [])].toSorted()).toEqual([
      'ann',
      'bob',
    ]);
  });

  test('can have nothing written for them any more by whoever has read the head before', async () => {
    const head = await createChat();
    await store.leave(chatId, head, 'bob', 'ann');
    await expect(append(head, 'bob', 'late')).rejects.toThrow(HeadMovedError);
  });
});

describe('edits and deletes', () => {
  test('of one message follow each other, by revision', async () => {
    const edit = { seq: 7, chatRevision: 2, text: 'second', at: 5 };
    expect(await store.putEdit(chatId, { ...edit, revision: 2 })).toBe(true);
    expect(await store.putEdit(chatId, { ...edit, revision: 2, text: 'late copy' })).toBe(false);
    expect(await store.putEdit(chatId, { ...edit, revision: 1, text: 'first' })).toBe(false);
    expect(await store.readEdits(chatId, 1, 10)).toEqual(new Map([[7, { ...edit, revision: 2 }]]));
    expect(await store.readEdits(chatId, 8, 10)).toEqual(new Map());
  });

  test('move the revision, and a head that was read before is not trimmed', async () => {
    const head = await append(await createChat(), 'ann', 'one');
    expect((await store.addRevision(chatId, requireMember(head, 'ann'))).membership?.revision).toBe(1);
    await expect(store.trim(chatId, head, 1)).rejects.toThrow(HeadMovedError);
    expect((await store.trim(chatId, await store.readHead(chatId), 1)).tail).toEqual([]);
  });

  test('take the texts of deleted messages out of the history, also when two redact at once', async () => {
    const head = await append(await createChat(), 'ann', 'one', 'two', 'three');
    const run = await store.putRun(chatId, makeRun(head, head.tail, 1));
    const deleteAndRedact = async (seq: number): Promise<void> => {
      await store.putEdit(chatId, { seq, revision: 1, chatRevision: 1, text: undefined, at: 0 });
      await redactRun(store, chatId, run);
    };
    await Promise.all([deleteAndRedact(1), deleteAndRedact(3)]);
    const [redacted] = await store.readRuns(chatId, 1, 3);
    expect(redacted?.chunks.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual(['', 'two', '']);
    expect(redacted?.chunks[0]?.batchId).toBe(run.chunks[0]?.batchId);
  });
});

describe('a claimed key', () => {
  test('stands for what it was claimed for first', async () => {
    const keyHash = `key of ${chatId}`;
    const claims = await Promise.all(['a', 'b', 'c'].map((textHash) => store.claimKey({ keyHash, seq: 0, textHash })));
    expect(new Set(claims.map(({ textHash }) => textHash)).size).toBe(1);
  });
});

describe('an inbox', () => {
  test('keeps marks that only move forward, each with its count', async () => {
    await inbox.add('ann', chatId, 0);
    await inbox.moveRead('ann', chatId, { read: 5, own: 2 });
    await inbox.moveRead('ann', chatId, { read: 4, own: 1 });
    await inbox.moveReceived('ann', chatId, 9);
    await inbox.moveReceived('ann', chatId, 8);
    const entry = { read: 5, own: 2, received: 9, epoch: 0 };
    expect(await inbox.read('ann', chatId)).toEqual(entry);
    expect((await inbox.list('ann')).get(chatId)).toEqual(entry);
    expect(await inbox.readMembers(['ann', 'bob'], chatId)).toEqual(new Map([['ann', entry]]));
  });

  test('has no mark where there is no chat', async () => {
    await inbox.moveRead('ann', chatId, { read: 5, own: 2 });
    expect(await inbox.read('ann', chatId)).toBeUndefined();
  });

  test('keeps its mark when the chat is added again, and the chat when an older membership ends', async () => {
    await inbox.add('ann', chatId, 3);
    await inbox.moveRead('ann', chatId, { read: 5, own: 2 });
    await inbox.add('ann', chatId, 4);
    await inbox.remove('ann', chatId, 4);
    expect(await inbox.read('ann', chatId)).toEqual({ read: 5, own: 2, received: 0, epoch: 4 });
    await inbox.remove('ann', chatId, 5);
    expect(await inbox.read('ann', chatId)).toBeUndefined();
  });

  test('keeps the chat when requests of an older membership arrive late', async () => {
    await inbox.add('ann', chatId, 4);
    await inbox.add('ann', chatId, 3);
    await inbox.remove('ann', chatId, 4);
    expect(await inbox.read('ann', chatId)).toMatchObject({ epoch: 4 });
  });
});
