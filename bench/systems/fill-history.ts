/** Gives a messenger a long history: its own writer, straight at the engine's DynamoDB and SQS, 64 messages to a write. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { OPEN_STREAM } from '../../functions/send-message/send-message.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { SqsChatActivity } from '../../shared/adapters/sqs-chat-activity.ts';
import { LIMITS } from '../../shared/domain/chat-head.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { localAws } from '../../tools/command-line/aws-access.ts';
import { createChoose, makeMessages } from '../load/messages.ts';
import type { MessengerSystem } from './messenger-system.ts';

/** Twice what fits a write, so that the next one is full when the last one is answered. */
const WAITING = 2 * LIMITS.batchMessages;
const DIFFERENT_MESSAGES = 10_000;

/** @param onProgress told how many messages have been stored */
export async function fillHistory(
  { awsEndpoint, outputs }: MessengerSystem,
  messages: number,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await using clients = new AsyncDisposableStack();
  const dynamoDb = new DynamoDBClient(localAws(awsEndpoint));
  const sqs = new SQSClient(localAws(awsEndpoint));
  clients.defer(() => dynamoDb.destroy());
  clients.defer(() => sqs.destroy());
  const writer = new ChatWriter(OPEN_STREAM, {
    store: new DynamoDbChatStore(dynamoDb, outputs['ChatTableName']!, { opensChats: true }),
    activity: new SqsChatActivity(sqs, outputs['ChatActivityQueueUrl']!, 1),
  });
  const texts = makeMessages(DIFFERENT_MESSAGES, createChoose(0));
  let begun = 0;
  let done = 0;
  const sendInTurn = async (): Promise<void> => {
    while (begun < messages) {
      signal.throwIfAborted();
      await writer.send(texts[begun++ % DIFFERENT_MESSAGES]!);
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: WAITING }, sendInTurn));
}
