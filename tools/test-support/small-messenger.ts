/** The open stream without Lambda, for tests: its writer behind a plain HTTP server, on a local DynamoDB. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPEN_STREAM, sendMessage } from '../../functions/send-message/send-message.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import type { SendMessageRequest } from '../../shared/contract/open-stream.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { CHAT_TABLE, startChatDatabase } from '../../tests/support/chat-database.ts';
import { listenLocally } from '../../tests/support/local-server.ts';
import { localAws } from '../command-line/aws-access.ts';

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
  const database = await startChatDatabase();
  const client = new DynamoDBClient(localAws(database.endpoint));
  const writer = new ChatWriter(OPEN_STREAM, {
    store: new DynamoDbChatStore(client, CHAT_TABLE, { opensChats: true }),
    activity: { signal: async () => {} },
  });
  const server = await listenLocally(createServer((request, response) => void answer(writer, request, response)));
  return {
    folder,
    url: server.url,
    awsEndpoint: database.endpoint,
    table: CHAT_TABLE,
    client,
    stop: async () => {
      await server.close();
      client.destroy();
      await database.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function answer(writer: ChatWriter, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.end('{"status":"ok","store":"ok"}');
    return;
  }
  const message: SendMessageRequest = JSON.parse(await text(request));
  response.end(JSON.stringify(await sendMessage(writer, message)));
}
