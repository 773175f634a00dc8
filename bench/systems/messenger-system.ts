/** Starts this messenger on the embedded engine, as `npm start` does, and looks into its table. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPEN_STREAM } from '../../functions/send-message/send-message.ts';
import type { EngineDescription } from '../../localstack/embedded/data-folder.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { readEngineNodeOptions } from '../../tests/support/engine-node-options.ts';
import { localAws } from '../../tools/command-line/aws-access.ts';
import { Child } from './child-process.ts';
import type { System } from './system.ts';

export interface MessengerSystem extends System {
  readonly name: 'managed' | 'lambda';
  /** Where its DynamoDB and SQS are. */
  readonly awsEndpoint: string;
  /** Of its stack. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface MessengerOptions {
  readonly name: 'managed' | 'lambda';
  /** 1: the messenger itself, with its open stream; more: the same code for that many chats. */
  readonly chats: number;
  /** Where it may make a folder of its own. */
  readonly folder: string;
  /** Port of 127.0.0.1 for its inspector; it has none by default. */
  readonly inspectPort?: number;
}

const PROJECT = path.resolve(import.meta.dirname, '../..');
const MAIN = 'localstack/embedded/main.ts';

/** @param started gets what ends it again */
export async function startMessenger(
  options: MessengerOptions,
  started: AsyncDisposableStack,
): Promise<MessengerSystem> {
  const { name, chats, folder, inspectPort } = options;
  const dataFolder = path.join(folder, name);
  // npm's own variables would tell the engine that npm has started it.
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const child = new Child(path.join(PROJECT, MAIN), {
    args: ['-c', 'publicAccess=true'],
    nodeOptions: [
      ...readEngineNodeOptions(),
      ...(inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`]),
    ],
    folder: appFolder(chats),
    environment: { ...inherited, API_PORT: '0', AWS_PORT: '0', DATA_DIR: dataFolder, LAMBDA_MODE: name },
  });
  started.defer(() => child.end());
  await child.printed('Ready');
  const { apiUrls, awsEndpoint, outputs } = readDescription(dataFolder);
  const client = new DynamoDBClient(localAws(awsEndpoint));
  started.defer(() => client.destroy());
  const stackOutputs = Object.values(outputs)[0]!;
  const store = new DynamoDbChatStore(client, stackOutputs['ChatTableName']!);
  return {
    name,
    url: apiUrls[0]!,
    processId: child.processId,
    awsEndpoint,
    outputs: stackOutputs,
    countMessages: async () => {
      const heads = await Promise.all(listChats(chats).map((chat) => store.readHead(chat)));
      return heads.reduce((sum, { seq }) => sum + seq, 0);
    },
    tidy: async () => {},
  };
}

/** Folder of the CDK app that serves this many chats. */
export function appFolder(chats: number): string {
  return chats === 1 ? PROJECT : path.join(PROJECT, 'bench/systems/many-chats');
}

function listChats(chats: number): string[] {
  return chats === 1 ? [OPEN_STREAM] : Array.from({ length: chats }, (_, index) => `chat-${index + 1}`);
}

function readDescription(dataFolder: string): EngineDescription {
  return JSON.parse(readFileSync(path.join(dataFolder, 'engine.json'), 'utf8'));
}
