/** The open stream without Lambda, for tests: its writer behind a plain HTTP server, on a local DynamoDB. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPEN_STREAM, sendMessage } from '../../functions/send-message/send-message.ts';
import { startDynamoDb } from '../../localstack/embedded/dynamodb/dynamodb.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import type { SendMessageRequest } from '../../shared/contract/open-stream.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { localAws } from '../command-line/aws-access.ts';
import { listenLocally } from './local-server.ts';

export interface SmallMessenger {
  /** A folder for the test's own files, removed at the end. */
  readonly folder: string;
  readonly url: string;
  readonly awsEndpoint: string;
  readonly table: string;
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

export async function startSmallMessenger(): Promise<SmallMessenger> {
  const folder = await mkdtemp(join(tmpdir(), 'tools-'));
  const database = await startDynamoDb({ dataFolder: join(folder, 'dynamodb') });
  const client = new DynamoDBClient(localAws(database.endpoint));
  const table = 'Messenger-ChatsTableD30DF6B9';
  await createTable(client, table);
  const writer = new ChatWriter(OPEN_STREAM, {
    store: new DynamoDbChatStore(client, table),
    activity: { signal: async () => {} },
  });
  const server = await listenLocally(createServer((request, response) => void answer(writer, request, response)));
  return {
    folder,
    url: server.url,
    awsEndpoint: database.endpoint,
    table,
    client,
    stop: async () => {
      await server.close();
      client.destroy();
      await database.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
}

async function answer(writer: ChatWriter, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.end('{"status":"ok","store":"ok"}');
    return;
  }
  const message: SendMessageRequest = JSON.parse(await text(request));
  response.end(JSON.stringify(await sendMessage(writer, message)));
}
