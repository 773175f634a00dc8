/** What tells open sockets, as a function's environment variables say. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConnectionsGateway } from '../adapters/connections-gateway.ts';
import { DynamoDbSockets } from '../adapters/dynamodb-sockets.ts';
import { createSqsClient } from '../adapters/sqs-client.ts';
import { SqsPushQueue } from '../adapters/sqs-push-queue.ts';
import { LiveDelivery } from '../domain/live-delivery.ts';
import { type LiveFeed, NO_LIVE_FEED } from '../domain/live-events.ts';
import type { PushPorts } from '../domain/push-news.ts';
import type { SocketPorts } from '../domain/sockets.ts';
import { describeError } from './describe-error.ts';
import { ENVIRONMENT, readEnvironment, requireEnvironment } from './environment.ts';
import { logger } from './logger.ts';
import { writeLiveEvent } from './write-live-event.ts';

/** @returns undefined without the module realtime */
export function findSocketPorts(dynamoDb: DynamoDBClient): SocketPorts | undefined {
  const table = readEnvironment(ENVIRONMENT.socketTable);
  if (table === undefined) return undefined;
  const callbackUrl = requireEnvironment(ENVIRONMENT.socketCallbackUrl);
  return {
    sockets: new DynamoDbSockets(dynamoDb, table),
    gateway: new ConnectionsGateway(dynamoDb.config, callbackUrl),
  };
}

/** For functions of the module realtime itself. */
export function requireSocketPorts(dynamoDb: DynamoDBClient): SocketPorts {
  const ports = findSocketPorts(dynamoDb);
  if (ports === undefined) throw new Error(`the environment variable ${ENVIRONMENT.socketTable} is not set`);
  return ports;
}

/** What pushes to sockets, for functions of the module realtime itself. */
export function requirePushPorts(dynamoDb: DynamoDBClient): PushPorts {
  return makePushPorts(requireSocketPorts(dynamoDb));
}

/** Tells nobody without the module realtime. */
export function createLiveFeed(dynamoDb: DynamoDBClient): LiveFeed {
  const ports = findSocketPorts(dynamoDb);
  if (ports === undefined) return NO_LIVE_FEED;
  const queue = new SqsPushQueue(createSqsClient(), requireEnvironment(ENVIRONMENT.pushQueue));
  return new LiveDelivery({ ...makePushPorts(ports), queue });
}

function makePushPorts(ports: SocketPorts): PushPorts {
  return { ...ports, write: writeLiveEvent, onError: warn };
}

function warn(error: unknown): void {
  logger.warn('a socket could not be told', { error: describeError(error) });
}
