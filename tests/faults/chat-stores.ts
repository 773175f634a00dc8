/** The stores as the harness sees them, past the proxies: what a chat has come to, and how it is taken away. */
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { DynamoDbInbox } from '../../shared/adapters/dynamodb-inbox.ts';
import type { InboxEntry } from '../../shared/domain/inbox.ts';
import { connectTo } from '../support/chat-database.ts';
import { listMessages } from '../support/chat-checks.ts';
import type { EngineHost } from './engine-host.ts';
import type { StoredChat } from './stored-chat.ts';

/** BatchWriteItem's own limit. */
const BATCH_WRITES = 25;

export class ChatStores {
  readonly #dynamoDb: DynamoDBClient;
  readonly #sqs: SQSClient;
  readonly #table: string;
  readonly #queue: string;

  private constructor(dynamoDb: DynamoDBClient, sqs: SQSClient, table: string, queue: string) {
    this.#dynamoDb = dynamoDb;
    this.#sqs = sqs;
    this.#table = table;
    this.#queue = queue;
  }

  /** Connects to the stores where they are now: a store that was started again is at another place. */
  static async use<T>(host: EngineHost, work: (stores: ChatStores) => Promise<T>): Promise<T> {
    const { table, queue } = await host.describeStores();
    const { AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SQS: endpoint } = host.stores;
    const dynamoDb = connectTo(AWS_ENDPOINT_URL_DYNAMODB);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials, useQueueUrlAsEndpoint: false });
    try {
      return await work(new ChatStores(dynamoDb, sqs, table, queue));
    } finally {
      dynamoDb.destroy();
      sqs.destroy();
    }
  }

  /** How many messages there are, and up to which one they are published. */
  async readProgress(chatId: string): Promise<{ seq: number; published: number }> {
    return { seq: await this.#readSeq(chatId, 'head'), published: await this.#readSeq(chatId, 'published') };
  }

  async isQueueEmpty(): Promise<boolean> {
    const names = [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ] as const;
    const command = new GetQueueAttributesCommand({ QueueUrl: this.#queue, AttributeNames: [...names] });
    const { Attributes = {} } = await this.#sqs.send(command);
    return names.every((name) => Attributes[name] === '0');
  }

  async readChat(chatId: string): Promise<StoredChat> {
    const store = this.#openChats();
    const head = await store.readHead(chatId);
    const messages = listMessages(head, await store.readRuns(chatId, 1, head.seq));
    return { head, messages, published: await this.#readSeq(chatId, 'published') };
  }

  /** Counts of those senders who have left the head at some time. */
  readKeptCounts(chatId: string, senders: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#openChats().readSenderCounts(chatId, senders);
  }

  /** The inbox entries of those users who have one for the chat. */
  readEntries(chatId: string, users: readonly string[]): Promise<ReadonlyMap<string, InboxEntry>> {
    return new DynamoDbInbox(this.#dynamoDb, this.#table).readMembers(users, chatId);
  }

  /** Deletes every item and every signal. */
  async clear(): Promise<void> {
    await this.#sqs.send(new PurgeQueueCommand({ QueueUrl: this.#queue }));
    let startKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.#dynamoDb.send(
        new ScanCommand({ TableName: this.#table, ProjectionExpression: 'pk, sk', ExclusiveStartKey: startKey }),
      );
      await this.#delete(page.Items ?? []);
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
  }

  async #delete(keys: readonly Record<string, AttributeValue>[]): Promise<void> {
    for (let start = 0; start < keys.length; start += BATCH_WRITES) {
      const requests = keys.slice(start, start + BATCH_WRITES).map((Key) => ({ DeleteRequest: { Key } }));
      await this.#dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [this.#table]: requests } }));
    }
  }

  #openChats(): DynamoDbChatStore {
    return new DynamoDbChatStore(this.#dynamoDb, this.#table, { opensChats: true });
  }

  async #readSeq(chatId: string, sk: 'head' | 'published'): Promise<number> {
    const { Item } = await this.#dynamoDb.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: { pk: { S: `chat#${chatId}` }, sk: { S: sk } },
        ConsistentRead: true,
      }),
    );
    return Number(Item?.['seq']?.N ?? 0);
  }
}
