/** A real local DynamoDB with the table of chats, for a test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../localstack/embedded/dynamodb/dynamodb.ts';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import type { WireOptions } from '../../shared/adapters/json-wire.ts';

/** Named as CDK names it, so that the tools find it. */
export const CHAT_TABLE = 'Messenger-ChatsTable';

export interface ChatDatabase {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function startChatDatabase(): Promise<ChatDatabase> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'chats-'));
  const dynamoDb = await startDynamoDb({ dataFolder });
  const client = connectTo(dynamoDb.endpoint);
  await createTable(client, CHAT_TABLE);
  client.destroy();
  return {
    endpoint: dynamoDb.endpoint,
    stop: async () => {
      await dynamoDb.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

/** A table as all of the app's are. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
}

/** A client with the timeouts given; no retries of its own unless `maxAttempts` says so. */
export function connectTo(endpoint: string, wire: WireOptions = { timeoutMs: 5_000, maxAttempts: 1 }): DynamoDBClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return createDynamoDbClient({ endpoint, region: 'us-east-1', credentials }, wire);
}
