/** The stores as the harness sees them, past the proxies: what a chat has come to, and how it is taken away. */
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { OPEN_STREAM } from '../../functions/send-message/send-message.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { firstSeq } from '../../shared/domain/chat-head.ts';
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
  async readProgress(): Promise<{ seq: number; published: number }> {
    return { seq: await this.#readSeq('head'), published: await this.#readSeq('published') };
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

  async readChat(): Promise<StoredChat> {
    const store = new DynamoDbChatStore(this.#dynamoDb, this.#table);
    const head = await store.readHead(OPEN_STREAM);
    const messages = listMessages(head, await store.readRuns(OPEN_STREAM, 1, head.seq));
    const senders = new Set(messages.map(({ sender }) => sender));
    const keptCounts = await store.readSenderCounts(OPEN_STREAM, [...senders]);
    const published = await this.#readSeq('published');
    return { head, messages, keptCounts, published, archived: firstSeq(head) - 1 };
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

  async #readSeq(sk: 'head' | 'published'): Promise<number> {
    const { Item } = await this.#dynamoDb.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: { pk: { S: `chat#${OPEN_STREAM}` }, sk: { S: sk } },
        ConsistentRead: true,
      }),
    );
    return Number(Item?.['seq']?.N ?? 0);
  }
}
