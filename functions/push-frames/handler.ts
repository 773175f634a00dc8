/** Consumer of the queue of pushes: sends each frame to its sockets. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { push } from '../../shared/contract/push.ts';
import { postTo } from '../../shared/domain/sockets.ts';
import { requireSocketPorts } from '../../shared/runtime/create-live-feed.ts';
import { describeError } from '../../shared/runtime/describe-error.ts';
import { logger } from '../../shared/runtime/logger.ts';

const ports = requireSocketPorts(createDynamoDbClient());

/**
 * A batch holds pushes of several groups, each in its order. What cannot be read is reported with all that follows it, as
 * a FIFO queue asks for, and ends in the dead-letter queue. A socket that is not reached is not tried again: what comes
 * later than the next frame is of no use, and its client notices by the numbers.
 */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const groups = [...Map.groupBy(Records, ({ attributes }) => attributes.MessageGroupId).values()];
  const failed = await Promise.all(groups.map(pushGroup));
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** @returns the records that were not handled */
async function pushGroup(records: readonly SQSRecord[]): Promise<readonly SQSRecord[]> {
  for (const [index, record] of records.entries()) {
    const { success, data } = push.safeParse(parseJson(record.body));
    if (!success) {
      logger.error('not a push', { messageId: record.messageId });
      return records.slice(index);
    }
    await Promise.all(data.sockets.map((socket) => postTo(ports, socket, data.text).catch(warn)));
  }
  return [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function warn(error: unknown): void {
  logger.warn('a socket could not be told', { error: describeError(error) });
}
