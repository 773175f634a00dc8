/** The chat store's promises on a real local DynamoDB. */
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import type { InitializeMiddleware } from '@smithy/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { type Head, LIMITS } from '../domain/chat-head.ts';
import { makeRun } from '../domain/chat-history.ts';
import { type ChunkMessage, makeChunk } from '../domain/chunk.ts';
import { HeadMovedError, StoreUnavailableError } from '../domain/errors.ts';
import { DynamoDbChatStore } from './dynamodb-chat-store.ts';

let database: ChatDatabase;
let store: DynamoDbChatStore;
let chatId = '';
let chats = 0;

beforeAll(async () => {
  database = await startChatDatabase();
  store = new DynamoDbChatStore(connectTo(database.endpoint), CHAT_TABLE, { opensChats: true });
});
afterAll(() => database.stop());
beforeEach(() => {
  chatId = `chat-${chats++}`;
});

let batches = 0;
function chunkOf(...messages: (ChunkMessage | string)[]) {
  const full = messages.map((message) => (typeof message === 'string' ? { sender: 'ann', text: message } : message));
  return makeChunk(`batch-${batches++}`, 1_700_000_000_000, full);
}
async function appendAll(...texts: string[]): Promise<Head> {
  let head = await store.readHead(chatId);
  for (const text of texts) head = await store.append(chatId, head, chunkOf(text), new Map());
  return head;
}

describe('the head', () => {
  test('of a chat that nobody has written to is empty', async () => {
    expect(await store.readHead(chatId)).toEqual({ seq: 0, epoch: 0, rest: 0, bytes: 0, tail: [], sent: new Map() });
  });

  test('is created once by many first readers at once', async () => {
    const heads = await Promise.all(Array.from({ length: 20 }, () => store.readHead(chatId)));
    for (const head of heads) expect(head.seq).toBe(0);
  });

  test('holds what was appended: numbers, bytes, counts', async () => {
    const chunk = chunkOf('one', { sender: 'bob', text: 'two', keyHash: 'key-of-two' }, 'three');
    const head = await store.append(chatId, await store.readHead(chatId), chunk, new Map([['bob', 5]]));
    expect(head).toEqual({
      seq: 3,
      epoch: 0,
      rest: 0,
      bytes: chunk.bytes,
      tail: [chunk],
      sent: new Map([
        ['ann', 2],
        ['bob', 6],
      ]),
    });
    expect(await store.readHead(chatId)).toEqual(head);
  });

  test('takes 64 new senders with the longest names and keys in one write', async () => {
    const messages = Array.from({ length: LIMITS.batchMessages }, (_, index) => ({
      sender: String(index).padStart(4, '0') + '😀'.repeat(60),
      text: 'hello',
      keyHash: `key-hash-of-22-bytes-${index}`,
    }));
    const head = await store.append(chatId, await store.readHead(chatId), chunkOf(...messages), new Map());
    expect(head.sent.size).toBe(64);
  });

  test.each(['__proto__', 'constructor', '#s', ':n', 'a.b[0]', ' ', '\u0000', 'ы', '😀'])(
    'counts a sender called %j like any other',
    async (sender) => {
      let head = await store.readHead(chatId);
      for (const text of ['a', 'b']) head = await store.append(chatId, head, chunkOf({ sender, text }), new Map());
      expect([...head.sent]).toEqual([[sender, 2]]);
      await store.putSenderCounts(chatId, new Map([[sender, 2]]));
      expect([...(await store.readSenderCounts(chatId, [sender]))]).toEqual([[sender, 2]]);
      expect((await store.evictSenders(chatId, head, [sender])).sent.size).toBe(0);
    },
  );
});

describe('an append is refused', () => {
  test('under another epoch', async () => {
    const head = await appendAll('one', 'two');
    await store.trim(chatId, head, 1);
    await expect(store.append(chatId, head, chunkOf('three'), new Map())).rejects.toThrow(HeadMovedError);
  });

  test('after a consumer has moved rest', async () => {
    const head = await appendAll('one');
    await store.beginFanOut(chatId, head.rest);
    await expect(store.append(chatId, head, chunkOf('two'), new Map())).rejects.toThrow(HeadMovedError);
  });

  test('when its batch is in the head already', async () => {
    const chunk = chunkOf('one');
    const head = await store.append(chatId, await store.readHead(chatId), chunk, new Map());
    await expect(store.append(chatId, head, chunk, new Map())).rejects.toThrow(HeadMovedError);
    expect((await store.readHead(chatId)).seq).toBe(1);
  });

  test('when one of its keys is in the head already', async () => {
    const keyed = { sender: 'ann', text: 'one', keyHash: 'the-key' };
    const head = await store.append(chatId, await store.readHead(chatId), chunkOf(keyed), new Map());
    await expect(store.append(chatId, head, chunkOf('two', keyed), new Map())).rejects.toThrow(HeadMovedError);
  });

  test('when the head counts too many senders', async () => {
    let head = await store.readHead(chatId);
    for (let first = 0; first <= LIMITS.senders; first += 64) {
      const messages = Array.from({ length: 64 }, (_, index) => ({ sender: `sender ${first + index}`, text: '.' }));
      head = await store.append(chatId, head, chunkOf(...messages), new Map());
    }
    await expect(store.append(chatId, head, chunkOf('one'), new Map())).rejects.toThrow(HeadMovedError);
  });

  test('when the head is too large, long before DynamoDB would refuse the item', async () => {
    let head = await store.readHead(chatId);
    const text = 'x'.repeat(4_096);
    const send = () => store.append(chatId, head, chunkOf(...Array.from({ length: 11 }, () => text)), new Map());
    while (head.bytes <= LIMITS.headBytes) head = await send();
    await expect(send()).rejects.toThrow('the head refused a write: a condition failed');
  });
});

describe('what leaves the head', () => {
  test('leaves it with its keys, and the bytes are given back', async () => {
    const keyed = { sender: 'ann', text: 'one', keyHash: 'the-key' };
    let head = await store.append(chatId, await store.readHead(chatId), chunkOf(keyed), new Map());
    head = await store.append(chatId, head, chunkOf('two'), new Map());
    head = await store.append(chatId, head, chunkOf('three'), new Map());
    const kept = head.tail[2]!;
    const trimmed = await store.trim(chatId, head, 2);
    expect(trimmed).toMatchObject({ seq: 3, epoch: 1, tail: [kept], bytes: kept.bytes });
    expect((await store.append(chatId, trimmed, chunkOf(keyed), new Map())).seq).toBe(4);
  });

  test('is trimmed once, however many copies of the trim arrive', async () => {
    const head = await appendAll('one', 'two', 'three');
    await store.trim(chatId, head, 1);
    await expect(store.trim(chatId, head, 1)).rejects.toThrow(HeadMovedError);
    expect((await store.readHead(chatId)).tail).toHaveLength(2);
  });

  test('can be a hundred chunks at once', async () => {
    const head = await appendAll(...Array.from({ length: 101 }, (_, index) => `message ${index}`));
    const trimmed = await store.trim(chatId, head, 100);
    expect(trimmed.tail.map(({ messages }) => messages[0]?.text)).toEqual(['message 100']);
  });

  test('is no sender who has sent in the meantime', async () => {
    const head = await appendAll('one');
    await store.append(chatId, head, chunkOf('two'), new Map());
    await expect(store.evictSenders(chatId, head, ['ann'])).rejects.toThrow(HeadMovedError);
  });
});

describe('history', () => {
  test('keeps the run that was put first, and says which one that is', async () => {
    const head = await appendAll('one', 'two', 'three');
    const short = makeRun(head, head.tail.slice(0, 1), 1);
    const long = makeRun(head, head.tail.slice(0, 2), 1);
    expect(await store.putRun(chatId, short)).toEqual(short);
    expect(await store.putRun(chatId, long)).toEqual(short);
  });

  test('is read by message numbers, over several pages', async () => {
    const texts = Array.from({ length: 30 }, (_, index) => `message ${index + 1}`);
    const head = await appendAll(...texts);
    const runs = Array.from({ length: 10 }, (_, run) =>
      makeRun(head, head.tail.slice(run * 3, run * 3 + 3), run * 3 + 1),
    );
    for (const run of runs) await store.putRun(chatId, run);
    expect(await store.readRuns(chatId, 1, 30)).toEqual(runs);
    expect(await store.readRuns(chatId, 5, 8)).toEqual(runs.slice(1, 3));
    expect(await store.readRuns(chatId, 31, 40)).toEqual([]);
  });
});

describe('counts of senders', () => {
  test('never shrink', async () => {
    await store.putSenderCounts(chatId, new Map([['ann', 3]]));
    await store.putSenderCounts(chatId, new Map([['ann', 2]]));
    expect(await store.readSenderCounts(chatId, ['ann', 'bob'])).toEqual(new Map([['ann', 3]]));
  });

  test('are read for more senders than one call takes', async () => {
    const counts = new Map(Array.from({ length: 130 }, (_, index) => [`sender ${index}`, index + 1]));
    await store.putSenderCounts(chatId, counts);
    expect(await store.readSenderCounts(chatId, [...counts.keys()])).toEqual(counts);
  });
});

describe('idempotency keys', () => {
  test('are kept for more messages than one call takes', async () => {
    const records = Array.from({ length: 60 }, (_, index) => ({
      keyHash: `key ${index} of ${chatId}`,
      seq: index + 1,
      textHash: `text ${index}`,
    }));
    await store.putKeys(records);
    const keyHashes = records.map(({ keyHash }) => keyHash);
    expect(await store.readKeys(keyHashes)).toEqual(new Map(records.map((record) => [record.keyHash, record])));
  });

  test('that DynamoDB leaves unprocessed are put again', async () => {
    const client = connectTo(database.endpoint);
    leaveUnprocessed(client, (waiting) => Math.floor(waiting / 2));
    const records = ['a', 'b', 'c', 'd', 'e'].map((name, index) => ({
      keyHash: `${name} of ${chatId}`,
      seq: index + 1,
      textHash: name,
    }));
    await new DynamoDbChatStore(client, CHAT_TABLE).putKeys(records);
    const found = await store.readKeys(records.map(({ keyHash }) => keyHash));
    expect(found).toEqual(new Map(records.map((record) => [record.keyHash, record])));
  });

  test('of which DynamoDB takes none are a fault', async () => {
    const client = connectTo(database.endpoint);
    leaveUnprocessed(client, (waiting) => waiting);
    const putting = new DynamoDbChatStore(client, CHAT_TABLE).putKeys([{ keyHash: 'k', seq: 1, textHash: 'text' }]);
    await expect(putting).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  test('expire a day after they were put, whether or not DynamoDB has deleted them', async () => {
    const client = connectTo(database.endpoint);
    const keyHash = `key of ${chatId}`;
    await store.putKeys([{ keyHash, seq: 1, textHash: 'text' }]);
    const place = { TableName: CHAT_TABLE, Key: { pk: { S: `key#${keyHash}` }, sk: { S: 'key' } } };
    const { Item } = await client.send(new GetItemCommand(place));
    const now = Math.floor(Date.now() / 1000);
    expect(Math.abs(Number(Item?.['expiresAt']?.N) - now - 86_400)).toBeLessThan(60);
    await client.send(new PutItemCommand({ TableName: CHAT_TABLE, Item: { ...Item, expiresAt: { N: String(now) } } }));
    expect(await store.readKeys([keyHash])).toEqual(new Map());
  });
});

describe('the published watermark and rest', () => {
  test('rest moves once for each value that was signalled', async () => {
    await store.readHead(chatId);
    expect((await store.beginFanOut(chatId, 0)).rest).toBe(1);
    expect((await store.beginFanOut(chatId, 0)).rest).toBe(1);
    expect((await store.beginFanOut(chatId, 1)).rest).toBe(2);
  });

  test('the watermark only moves forward', async () => {
    await store.movePublished(chatId, 5);
    await store.movePublished(chatId, 3);
    const key = { pk: { S: `chat#${chatId}` }, sk: { S: 'published' } };
    const { Item } = await connectTo(database.endpoint).send(new GetItemCommand({ TableName: CHAT_TABLE, Key: key }));
    expect(Item?.['seq']).toEqual({ N: '5' });
  });
});

test('a store that is not there is unavailable', async () => {
  const nowhere = new DynamoDbChatStore(connectTo('http://127.0.0.1:1'), CHAT_TABLE, { opensChats: true });
  await expect(nowhere.readHead(chatId)).rejects.toThrow(StoreUnavailableError);
});

test('a call that DynamoDB rejects as wrong is an error of ours, not an unavailable store', async () => {
  const noTable = new DynamoDbChatStore(connectTo(database.endpoint), 'no-such-table');
  await expect(noTable.readHead(chatId)).rejects.toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException' }),
  );
});

/** Has a client do what DynamoDB does when a table is throttled: leave some of a batch's writes undone. */
function leaveUnprocessed(client: DynamoDBClient, countLeft: (waiting: number) => number): void {
  const answerInPart: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (call) => {
    const waiting = 'RequestItems' in call.input ? call.input.RequestItems?.[CHAT_TABLE] : undefined;
    if (!Array.isArray(waiting)) return next(call);
    const left = waiting.slice(0, countLeft(waiting.length));
    const done = { ...call, input: { RequestItems: { [CHAT_TABLE]: waiting.slice(left.length) } } };
    const answered =
      left.length < waiting.length ? await next(done) : { output: { $metadata: {} }, response: undefined };
    return { ...answered, output: { ...answered.output, UnprocessedItems: { [CHAT_TABLE]: left } } };
  };
  const place = { name: 'leaveUnprocessed', relation: 'before', toMiddleware: 'jsonWire' } as const;
  client.middlewareStack.addRelativeTo(answerInPart, place);
}
