/** Chats in one DynamoDB table: heads, history, idempotency keys, counts of silent senders, watermarks. */
import type { AttributeValue, DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Head } from '../domain/chat-head.ts';
import type { Run } from '../domain/chat-history.ts';
import type { ChatStore, KeyRecord, NewChat } from '../domain/chat-store.ts';
import { type Chunk, decodeChunk } from '../domain/chunk.ts';
import { ChatNotFoundError, HeadMovedError } from '../domain/errors.ts';
import type { MembersHead } from '../domain/membership.ts';
import type { Edit } from '../domain/message-edits.ts';
import { WriteRefusedError } from './dynamodb-client.ts';
import { DynamoDbTable, isExpired, type Item, itemKey, type Key, secondsFromNow } from './dynamodb-table.ts';
import { decodeCounts, encodeCounts } from './sender-counts.ts';
import {
  appendUpdate,
  beginFanOutUpdate,
  decodeHead,
  EMPTY_HEAD,
  evictUpdate,
  joinUpdate,
  leaveUpdate,
  newHead,
  revisionUpdate,
  trimUpdate,
} from './head-item.ts';

/** How long an idempotency key stands after its message has left the head, in seconds. */
const KEY_LIFETIME_SECONDS = 24 * 60 * 60;
/** Runs per page: the wanted messages are mostly in the newest one or two. */
const RUNS_PER_PAGE = 4;
/** How many messages a run of a quiet chat holds; a busy chat's hold more. */
const USUAL_RUN_MESSAGES = 10;

export interface DynamoDbChatStoreOptions {
  /** Whether reading a head creates a chat that anybody may write to, if there is none. */
  readonly opensChats?: boolean;
}

export class DynamoDbChatStore implements ChatStore {
  readonly #table: DynamoDbTable;
  readonly #opensChats: boolean;

  constructor(client: DynamoDBClient, table: string, { opensChats = false }: DynamoDbChatStoreOptions = {}) {
    this.#table = new DynamoDbTable(client, table);
    this.#opensChats = opensChats;
  }

  async readHead(chatId: string): Promise<Head> {
    const item = await this.#table.get(headKey(chatId));
    if (item !== undefined) return decodeHead(item);
    if (!this.#opensChats) throw new ChatNotFoundError('there is no such chat');
    await this.#table.putIf({ ...headKey(chatId), ...EMPTY_HEAD }, 'attribute_not_exists(pk)');
    return this.readHead(chatId);
  }

  async readHeads(chatIds: readonly string[]): Promise<ReadonlyMap<string, Head>> {
    const items = await this.#table.getAll(chatIds.map(headKey));
    return new Map(items.map((item) => [item['pk']!.S!.slice('chat#'.length), decodeHead(item)]));
  }

  async createChat(chatId: string, chat: NewChat): Promise<Head> {
    await this.#table.putIf({ ...headKey(chatId), ...newHead(chat) }, 'attribute_not_exists(pk)');
    return this.readHead(chatId);
  }

  join(chatId: string, head: Head, member: string, keyHash?: string): Promise<Head> {
    return this.#updateHead(chatId, joinUpdate(head, member, keyHash), head);
  }

  leave(chatId: string, head: Head, member: string, owner: string): Promise<Head> {
    return this.#updateHead(chatId, leaveUpdate(head, member, owner), head);
  }

  addRevision(chatId: string, head: MembersHead): Promise<Head> {
    return this.#updateHead(chatId, revisionUpdate(head), head);
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
    const isNew = await this.#table.putIf({ ...key, ...encodeRun(run) }, 'attribute_not_exists(pk)');
    if (isNew) return run;
    const standing = await this.#table.get(key);
    if (standing === undefined) throw new Error(`the run ${run.first} of chat ${chatId} was there and is gone`);
    return decodeRun(standing);
  }

  async readRuns(chatId: string, from: number, to: number): Promise<Run[]> {
    const runs: Run[] = [];
    let startKey: Item | undefined;
    do {
      const page = await this.#table.queryPage({
        KeyConditionExpression: 'pk = :pk AND sk <= :to',
        ExpressionAttributeValues: { ':pk': historyPartition(chatId), ':to': seqSortKey(to) },
        ScanIndexForward: false,
        Limit: Math.max(RUNS_PER_PAGE, Math.ceil((to - from) / USUAL_RUN_MESSAGES)),
        ExclusiveStartKey: startKey,
      });
      for (const item of page.Items ?? []) {
        const run = decodeRun(item);
        if (run.last < from) return runs.toReversed();
        runs.push(run);
      }
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined && (runs.at(-1)?.first ?? Infinity) > from);
    return runs.toReversed();
  }

  async replaceRun(chatId: string, run: Run): Promise<boolean> {
    const item = { ...runKey(chatId, run.first), ...encodeRun(run) };
    return this.#table.putIf(item, 'redactions = :before', { ':before': { N: String(run.redactions - 1) } });
  }

  async readEdits(chatId: string, from: number, to: number): Promise<ReadonlyMap<number, Edit>> {
    const items = await this.#table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': editsPartition(chatId),
        ':from': seqSortKey(from),
        ':to': seqSortKey(to),
      },
    });
    return new Map(items.map(decodeEdit).map((edit) => [edit.seq, edit]));
  }

  async readEditsSince(chatId: string, revision: number): Promise<readonly Edit[]> {
    const items = await this.#table.query({
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'chatRevision > :revision',
      ExpressionAttributeValues: { ':pk': editsPartition(chatId), ':revision': { N: String(revision) } },
    });
    return items.map(decodeEdit);
  }

  putEdit(chatId: string, edit: Edit): Promise<boolean> {
    const item = { pk: editsPartition(chatId), sk: seqSortKey(edit.seq), ...encodeEdit(edit) };
    return this.#table.putIf(item, 'attribute_not_exists(pk) OR revision < :new', {
      ':new': { N: String(edit.revision) },
    });
  }

  /** Unconditionally, as a key stands for one message only as long as its item holds. */
  async putKeys(records: readonly KeyRecord[]): Promise<void> {
    await this.#table.putAll(records.map(encodeKey));
  }

  async claimKey(record: KeyRecord): Promise<KeyRecord> {
    return decodeKey(await this.#table.claim(encodeKey(record)));
  }

  async readKeys(keyHashes: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const items = await this.#table.getAll(keyHashes.map(idempotencyKey));
    const standing = items.filter((item) => !isExpired(item)).map(decodeKey);
    return new Map(standing.map((record) => [record.keyHash, record]));
  }

  async putSenderCounts(chatId: string, counts: ReadonlyMap<string, number>): Promise<void> {
    await Promise.all(
      [...counts].map(([sender, count]) =>
        this.#table.putIf(
          { ...senderKey(chatId, sender), sender: { S: sender }, sent: { N: String(count) } },
          'attribute_not_exists(pk) OR sent < :new',
          { ':new': { N: String(count) } },
        ),
      ),
    );
  }

  async readSenderCounts(chatId: string, senders: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const items = await this.#table.getAll(senders.map((sender) => senderKey(chatId, sender)));
    return new Map(items.map((item) => [item['sender']!.S!, Number(item['sent']!.N)]));
  }

  async movePublished(chatId: string, seq: number): Promise<void> {
    const value = { N: String(seq) };
    await this.#table.putIf({ ...publishedKey(chatId), seq: value }, 'attribute_not_exists(pk) OR seq < :new', {
      ':new': value,
    });
  }

  /** Until something leaves a head that refused a write, which moves its epoch, it will refuse that write again. */
  async #updateHead(chatId: string, update: Partial<UpdateItemCommandInput>, known?: Head): Promise<Head> {
    try {
      return decodeHead(await this.#table.update(headKey(chatId), update), known);
    } catch (error) {
      if (!(error instanceof WriteRefusedError)) throw error;
      const head = error.item && decodeHead(error.item, known);
      throw new HeadMovedError(`the head refused a write: ${error.message}`, head && { head });
    }
  }
}

function encodeRun(run: Run): Item {
  return {
    first: { N: String(run.first) },
    last: { N: String(run.last) },
    chunks: { L: run.chunks.map(({ encoded }) => ({ S: encoded })) },
    sentBefore: { M: encodeCounts(run.sentBefore) },
    redactions: { N: String(run.redactions) },
  };
}

function decodeRun(item: Item): Run {
  return {
    first: Number(item['first']!.N),
    last: Number(item['last']!.N),
    chunks: item['chunks']!.L!.map(({ S: encoded }) => decodeChunk(encoded!)),
    sentBefore: decodeCounts(item['sentBefore']!.M!),
    redactions: Number(item['redactions']?.N ?? 0),
  };
}

function encodeEdit({ seq, revision, chatRevision, text, at }: Edit): Item {
  return {
    seq: { N: String(seq) },
    revision: { N: String(revision) },
    chatRevision: { N: String(chatRevision) },
    ...(text !== undefined && { text: { S: text } }),
    at: { N: String(at) },
  };
}

function decodeEdit(item: Item): Edit {
  return {
    seq: Number(item['seq']!.N),
    revision: Number(item['revision']!.N),
    chatRevision: Number(item['chatRevision']!.N),
    text: item['text']?.S,
    at: Number(item['at']!.N),
  };
}

function encodeKey({ keyHash, seq, textHash }: KeyRecord): Item & Key {
  return {
    ...idempotencyKey(keyHash),
    seq: { N: String(seq) },
    textHash: { S: textHash },
    expiresAt: secondsFromNow(KEY_LIFETIME_SECONDS),
  };
}

function decodeKey(item: Item): KeyRecord {
  return {
    keyHash: item['pk']!.S!.slice('key#'.length),
    seq: Number(item['seq']!.N),
    textHash: item['textHash']!.S!,
  };
}

const headKey = (chatId: string): Key => itemKey(`chat#${chatId}`, 'head');
const publishedKey = (chatId: string): Key => itemKey(`chat#${chatId}`, 'published');
const senderKey = (chatId: string, sender: string): Key => itemKey(`sender#${chatId}#${sender}`, 'count');
const idempotencyKey = (keyHash: string): Key => itemKey(`key#${keyHash}`, 'key');
const historyPartition = (chatId: string): AttributeValue.SMember => ({ S: `history#${chatId}` });
const runKey = (chatId: string, first: number): Key => ({ pk: historyPartition(chatId), sk: seqSortKey(first) });
const editsPartition = (chatId: string): AttributeValue.SMember => ({ S: `edits#${chatId}` });

/** Sequence numbers as strings of one length, so that their order is the order of numbers. */
const seqSortKey = (seq: number): AttributeValue.SMember => ({ S: String(seq).padStart(16, '0') });
