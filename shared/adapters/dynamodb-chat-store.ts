/** Chats in one DynamoDB table: heads, history, idempotency keys, counts of silent senders, watermarks. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Head } from '../domain/chat-head.ts';
import type { Run } from '../domain/chat-history.ts';
import type { ChatStore, KeyRecord } from '../domain/chat-store.ts';
import { type Chunk, decodeChunk } from '../domain/chunk.ts';
import { HeadMovedError, StoreUnavailableError } from '../domain/errors.ts';
import { translateErrors, WriteRefusedError } from './dynamodb-client.ts';
import { decodeCounts, encodeCounts } from './sender-counts.ts';
import { appendUpdate, beginFanOutUpdate, decodeHead, EMPTY_HEAD, evictUpdate, trimUpdate } from './head-item.ts';

type Item = Record<string, AttributeValue>;
type Key = { pk: AttributeValue.SMember; sk: AttributeValue.SMember };

/** How long an idempotency key stands after its message has left the head, in seconds. */
const KEY_LIFETIME_SECONDS = 24 * 60 * 60;
/** The limits of BatchGetItem and BatchWriteItem themselves. */
const BATCH_GET_KEYS = 100;
const BATCH_WRITE_ITEMS = 25;
/** Runs per page: the wanted messages are mostly in the newest one or two. */
const RUNS_PER_PAGE = 4;

export class DynamoDbChatStore implements ChatStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async readHead(chatId: string): Promise<Head> {
    const item = await this.#get(headKey(chatId));
    if (item !== undefined) return decodeHead(item);
    await this.#putIf({ ...headKey(chatId), ...EMPTY_HEAD }, 'attribute_not_exists(pk)');
    return this.readHead(chatId);
  }

  append(chatId: string, head: Head, chunk: Chunk, sentBefore: ReadonlyMap<string, number>): Promise<Head> {
    return this.#updateHead(chatId, appendUpdate(head, chunk, sentBefore), head);
  }

  trim(chatId: string, head: Head, count: number): Promise<Head> {
    return this.#updateHead(chatId, trimUpdate(head, count), head);
  }

  evictSenders(chatId: string, head: Head, senders: readonly string[]): Promise<Head> {
    return this.#updateHead(chatId, evictUpdate(head, senders), head);
  }

  async beginFanOut(chatId: string, rest: number): Promise<Head> {
    try {
      return await this.#updateHead(chatId, beginFanOutUpdate(rest));
    } catch (error) {
      if (!(error instanceof HeadMovedError)) throw error;
      return error.head ?? this.readHead(chatId);
    }
  }

  async putRun(chatId: string, run: Run): Promise<Run> {
    const key = runKey(chatId, run.first);
    const isNew = await this.#putIf({ ...key, ...encodeRun(run) }, 'attribute_not_exists(pk)');
    if (isNew) return run;
    const standing = await this.#get(key);
    if (standing === undefined) throw new Error(`the run ${run.first} of chat ${chatId} was there and is gone`);
    return decodeRun(standing);
  }

  async readRuns(chatId: string, from: number, to: number): Promise<Run[]> {
    const runs: Run[] = [];
    let startKey: Item | undefined;
    do {
      const page = await translateErrors(
        this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: 'pk = :pk AND sk <= :to',
            ExpressionAttributeValues: { ':pk': historyPartition(chatId), ':to': runSortKey(to) },
            ScanIndexForward: false,
            ConsistentRead: true,
            Limit: RUNS_PER_PAGE,
            ExclusiveStartKey: startKey,
          }),
        ),
      );
      for (const item of page.Items ?? []) {
        const run = decodeRun(item);
        if (run.last < from) return runs.toReversed();
        runs.push(run);
      }
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined && (runs.at(-1)?.first ?? Infinity) > from);
    return runs.toReversed();
  }

  /** Unconditionally, as a key stands for one message only as long as its item holds. */
  async putKeys(records: readonly KeyRecord[]): Promise<void> {
    const expiresAt = { N: String(nowSeconds() + KEY_LIFETIME_SECONDS) };
    await this.#putAll(
      records.map(({ keyHash, seq, textHash }) => ({
        ...idempotencyKey(keyHash),
        seq: { N: String(seq) },
        textHash: { S: textHash },
        expiresAt,
      })),
    );
  }

  async readKeys(keyHashes: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const records = new Map<string, KeyRecord>();
    for (const item of await this.#getAll(keyHashes.map(idempotencyKey))) {
      // DynamoDB deletes expired items when it gets round to it; until then they must not count.
      if (Number(item['expiresAt']!.N) <= nowSeconds()) continue;
      const keyHash = item['pk']!.S!.slice('key#'.length);
      records.set(keyHash, { keyHash, seq: Number(item['seq']!.N), textHash: item['textHash']!.S! });
    }
    return records;
  }

  async putSenderCounts(chatId: string, counts: ReadonlyMap<string, number>): Promise<void> {
    await Promise.all(
      [...counts].map(([sender, count]) =>
        this.#putIf(
          { ...senderKey(chatId, sender), sender: { S: sender }, sent: { N: String(count) } },
          'attribute_not_exists(pk) OR sent < :new',
          { ':new': { N: String(count) } },
        ),
      ),
    );
  }

  async readSenderCounts(chatId: string, senders: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const items = await this.#getAll(senders.map((sender) => senderKey(chatId, sender)));
    return new Map(items.map((item) => [item['sender']!.S!, Number(item['sent']!.N)]));
  }

  async movePublished(chatId: string, seq: number): Promise<void> {
    const value = { N: String(seq) };
    await this.#putIf({ ...publishedKey(chatId), seq: value }, 'attribute_not_exists(pk) OR seq < :new', {
      ':new': value,
    });
  }

  /** Until something leaves a head that refused a write, which moves its epoch, it will refuse that write again. */
  async #updateHead(chatId: string, update: Partial<UpdateItemCommandInput>, known?: Head): Promise<Head> {
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: headKey(chatId),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...update,
    });
    try {
      const { Attributes } = await translateErrors(this.#client.send(command));
      return decodeHead(Attributes!, known);
    } catch (error) {
      if (!(error instanceof WriteRefusedError)) throw error;
      const head = error.item && decodeHead(error.item, known);
      throw new HeadMovedError(`the head refused a write: ${error.message}`, head && { head });
    }
  }

  async #get(key: Key): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true });
    return (await translateErrors(this.#client.send(command))).Item;
  }

  async #getAll(keys: readonly Key[]): Promise<Item[]> {
    const items: Item[] = [];
    let wanted: Item[] = [...keys];
    while (wanted.length > 0) {
      const page = wanted.splice(0, BATCH_GET_KEYS);
      const { Responses, UnprocessedKeys } = await translateErrors(
        this.#client.send(
          new BatchGetItemCommand({ RequestItems: { [this.#table]: { Keys: page, ConsistentRead: true } } }),
        ),
      );
      const found = Responses?.[this.#table] ?? [];
      const unprocessed = UnprocessedKeys?.[this.#table]?.Keys ?? [];
      // Nothing of the page was processed: the table is throttled, and asking at once again would not help it.
      if (unprocessed.length === page.length) throw new StoreUnavailableError('DynamoDB is throttling reads');
      items.push(...found);
      wanted = [...unprocessed, ...wanted];
    }
    return items;
  }

  async #putAll(items: readonly Item[]): Promise<void> {
    const pages: Item[][] = [];
    for (let start = 0; start < items.length; start += BATCH_WRITE_ITEMS)
      pages.push(items.slice(start, start + BATCH_WRITE_ITEMS));
    await Promise.all(pages.map((page) => this.#putPage(page)));
  }

  async #putPage(items: readonly Item[]): Promise<void> {
    let waiting: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
    while (waiting.length > 0) {
      const command = new BatchWriteItemCommand({ RequestItems: { [this.#table]: waiting } });
      const { UnprocessedItems } = await translateErrors(this.#client.send(command));
      const unprocessed = UnprocessedItems?.[this.#table] ?? [];
      // As with reads: nothing of it was processed.
      if (unprocessed.length === waiting.length) throw new StoreUnavailableError('DynamoDB is throttling writes');
      waiting = unprocessed;
    }
  }

  /** Puts an item if the condition holds; tells whether it did. */
  async #putIf(item: Item, condition: string, values?: Item): Promise<boolean> {
    try {
      await translateErrors(
        this.#client.send(
          new PutItemCommand({
            TableName: this.#table,
            Item: item,
            ConditionExpression: condition,
            ExpressionAttributeValues: values,
          }),
        ),
      );
      return true;
    } catch (error) {
      if (error instanceof WriteRefusedError) return false;
      throw error;
    }
  }
}

function encodeRun(run: Run): Item {
  return {
    first: { N: String(run.first) },
    last: { N: String(run.last) },
    chunks: { L: run.chunks.map(({ encoded }) => ({ S: encoded })) },
    sentBefore: { M: encodeCounts(run.sentBefore) },
  };
}

function decodeRun(item: Item): Run {
  return {
    first: Number(item['first']!.N),
    last: Number(item['last']!.N),
    chunks: item['chunks']!.L!.map(({ S: encoded }) => decodeChunk(encoded!)),
    sentBefore: decodeCounts(item['sentBefore']!.M!),
  };
}

const headKey = (chatId: string): Key => itemKey(`chat#${chatId}`, 'head');
const publishedKey = (chatId: string): Key => itemKey(`chat#${chatId}`, 'published');
const senderKey = (chatId: string, sender: string): Key => itemKey(`sender#${chatId}#${sender}`, 'count');
const idempotencyKey = (keyHash: string): Key => itemKey(`key#${keyHash}`, 'key');
const historyPartition = (chatId: string): AttributeValue.SMember => ({ S: `history#${chatId}` });
const runKey = (chatId: string, first: number): Key => ({ pk: historyPartition(chatId), sk: runSortKey(first) });

/** Sequence numbers as strings of one length, so that their order is the order of numbers. */
const runSortKey = (seq: number): AttributeValue.SMember => ({ S: String(seq).padStart(16, '0') });

function itemKey(pk: string, sk: string): Key {
  return { pk: { S: pk }, sk: { S: sk } };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
