/** Consumer of the queue of pushes: tells the open sockets of large chats what happens there. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { type Push, push } from '../../shared/contract/push.ts';
import { pushNews } from '../../shared/domain/push-news.ts';
import { requirePushPorts } from '../../shared/runtime/create-live-feed.ts';
import { logger } from '../../shared/runtime/logger.ts';

const ports = requirePushPorts(createDynamoDbClient());

/**
 * What has come of a chat meanwhile is told together. What cannot be read is reported with all that follows it, as a FIFO
 * queue asks for, and ends in the dead-letter queue. Whoever is not reached is not tried again: what comes later than the
 * next frame is of no use, and the client notices by the numbers.
 */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const groups = [...Map.groupBy(Records, ({ attributes }) => attributes.MessageGroupId).values()];
  const failed = await Promise.all(groups.map(pushChat));
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** @returns the records that were not handled */
async function pushChat(records: readonly SQSRecord[]): Promise<readonly SQSRecord[]> {
  const pushes = records.map(readPush);
  const unread = pushes.indexOf(undefined);
  const readable = pushes.slice(0, unread === -1 ? pushes.length : unread).filter((each) => each !== undefined);
  const [first] = readable;
  if (first !== undefined) {
    const news = readable.map((each) => ({ ...each, members: new Set(each.members) }));
    await pushNews(ports, first.chatId, news).catch(ports.onError);
  }
  return unread === -1 ? [] : records.slice(unread);
}

function readPush({ body, messageId }: SQSRecord): Push | undefined {
  const { success, data } = push.safeParse(parseJson(body));
  if (!success) logger.error('not a push', { messageId });
  return data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
