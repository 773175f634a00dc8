/** Starts this messenger on the embedded engine, as `npm start` does, and looks into its table. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OPEN_STREAM } from '../../functions/send-message/send-message.ts';
import type { EngineDescription } from '../../localstack/embedded/data-folder.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { readEngineNodeOptions } from '../../tests/support/engine-node-options.ts';
import { localAws } from '../../tools/command-line/aws-access.ts';
import type { Job } from '../job.ts';
import { Child } from './child-process.ts';
import { type MessengerStores, populateMessenger } from './populate-messenger.ts';
import type { System } from './system.ts';

export interface MessengerSystem extends System, MessengerStores {
  readonly name: 'managed' | 'lambda';
}

export interface MessengerOptions {
  readonly name: 'managed' | 'lambda';
  readonly job: Job;
  /** Where it may make a folder of its own. */
  readonly folder: string;
  /** Port of 127.0.0.1 for its inspector; it has none by default. */
  readonly inspectPort?: number;
}

const PROJECT = path.resolve(import.meta.dirname, '../..');
const MAIN = 'localstack/embedded/main.ts';
/** What is measured is how much it can take, not how much it is allowed to. */
const CONTEXT = ['publicAccess=true', 'throttle=off', 'sessionThrottle=off'];
/** The socket stands where `npm start` puts it. */
export const SETTINGS = [...CONTEXT.flatMap((each) => ['-c', each]), '--websocket', '/messenger/ws'];

/**
 * With whatever is to be there before the job begins.
 * @param started gets what ends it again
 */
export async function startMessenger(
  options: MessengerOptions,
  started: AsyncDisposableStack,
): Promise<MessengerSystem> {
  const { name, job, folder, inspectPort } = options;
  const dataFolder = path.join(folder, name);
  // npm's own variables would tell the engine that npm has started it.
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const child = new Child(path.join(PROJECT, MAIN), {
    args: SETTINGS,
    nodeOptions: [
      ...readEngineNodeOptions(),
      ...(inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`]),
    ],
    folder: appFolder(job),
    environment: { ...inherited, API_PORT: '0', AWS_PORT: '0', DATA_DIR: dataFolder, LAMBDA_MODE: name },
  });
  started.defer(() => child.end());
  await child.printed('Ready');
  const { apiUrls, awsEndpoint, outputs } = readDescription(dataFolder);
  const stores = { awsEndpoint, outputs: Object.values(outputs)[0]! };
  if (job.kind !== 'open-send') await populateMessenger(stores, job.population);
  const client = new DynamoDBClient(localAws(awsEndpoint));
  started.defer(() => client.destroy());
  const opensChats = job.kind === 'open-send';
  const store = new DynamoDbChatStore(client, stores.outputs['ChatTableName']!, { opensChats });
  return {
    name,
    url: apiUrls[0]!,
    job,
    processId: child.processId,
    ...stores,
    countMessages: async () => {
      const heads = await Promise.all(listChats(job).map((chat) => store.readHead(chat)));
      return heads.reduce((sum, { seq }) => sum + seq, 0);
    },
    tidy: async () => {},
  };
}

/** Folder of the CDK app that does the job: the messenger itself, or its code for many chats that anybody may write to. */
export function appFolder(job: Job): string {
  return job.kind === 'open-send' && job.chats > 1 ? path.join(PROJECT, 'bench/systems/many-chats') : PROJECT;
}

function listChats(job: Job): string[] {
  if (job.kind !== 'open-send') return job.population.chats.map(({ id }) => id);
  return job.chats === 1 ? [OPEN_STREAM] : Array.from({ length: job.chats }, (_, index) => `chat-${index + 1}`);
}

function readDescription(dataFolder: string): EngineDescription {
  return JSON.parse(readFileSync(path.join(dataFolder, 'engine.json'), 'utf8'));
}
