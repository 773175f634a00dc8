/** Consumer of the chat-activity queue. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import pLimit from 'p-limit';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { DynamoDbChatStore } from '../../shared/adapters/dynamodb-chat-store.ts';
import { type ChatActivitySignal, chatActivity } from '../../shared/contract/chat-activity.ts';
import { createLiveFeed } from '../../shared/runtime/create-live-feed.ts';
import { describeError } from '../../shared/runtime/describe-error.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { fanOutChat } from './fan-out-chat.ts';

const dynamoDb = createDynamoDbClient();
const ports = {
  store: new DynamoDbChatStore(dynamoDb, requireEnvironment(ENVIRONMENT.chatTable)),
  live: createLiveFeed(dynamoDb),
};

/** Of a batch, so that it does not crowd out those who send. */
const CHATS_AT_ONCE = 8;

/**
 * Fans out each chat of a batch once, however many signals it has. What fails is reported record by record, so that SQS
 * delivers it again and, in the end, moves it to the dead-letter queue.
 */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed: SQSRecord[] = [];
  const chats = new Map<string, { rest: number; records: SQSRecord[] }>();
  for (const record of Records) {
    const signal = parseSignal(record);
    if (signal === undefined) {
      logger.error('not a signal of chat activity', { messageId: record.messageId });
      failed.push(record);
      continue;
    }
    const chat = chats.get(signal.chatId) ?? { rest: 0, records: [] };
    chats.set(signal.chatId, { rest: Math.max(chat.rest, signal.rest), records: [...chat.records, record] });
  }
  const limit = pLimit(CHATS_AT_ONCE);
  await limit.map(chats, async ([chatId, { rest, records }]) => {
    try {
      await fanOutChat(ports, chatId, rest);
    } catch (error) {
      logger.error('a chat could not be fanned out', {
        chatId,
        error: describeError(error),
      });
      failed.push(...records);
    }
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

function parseSignal({ body }: SQSRecord): ChatActivitySignal | undefined {
  try {
    return chatActivity.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
