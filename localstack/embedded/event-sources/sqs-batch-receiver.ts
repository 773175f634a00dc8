/** Gathers messages of a queue into batches. */
import { ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';

/** The most that SQS gives at once, and the longest that it waits for a message. */
const MAX_MESSAGES_PER_RECEIVE = 10;
const MAX_WAIT_SECONDS = 20;

export interface BatchReceiverOptions {
  client: SQSClient;
  queueUrl: string;
  batchSize: number;
  maximumBatchingWindowSeconds: number;
  /** Gathering ends before the bodies of a further receive could exceed this. */
  limitBytes: number;
  abortSignal: AbortSignal;
}

/**
 * Waits for the first message, then gathers for up to the batching window or until the batch is full. The window may
 * last up to a second longer, as SQS waits whole seconds. Rejects if SQS cannot be reached or the wait is aborted
 * before any message came.
 */
export async function receiveBatch(options: BatchReceiverOptions): Promise<Message[]> {
  const { batchSize, maximumBatchingWindowSeconds, limitBytes } = options;
  const messages = await receive(options, batchSize, MAX_WAIT_SECONDS);
  const windowEndMs = Date.now() + maximumBatchingWindowSeconds * 1000;
  while (messages.length > 0 && messages.length < batchSize && countBytes(messages) < limitBytes) {
    const waitSeconds = Math.ceil((windowEndMs - Date.now()) / 1000);
    if (waitSeconds <= 0) break;
    const further = await receive(options, batchSize - messages.length, Math.min(waitSeconds, MAX_WAIT_SECONDS)).catch(
      // What was gathered already is worth more than the reason, which the next receive meets again.
      () => undefined,
    );
    if (further === undefined) break;
    messages.push(...further);
  }
  return messages;
}

async function receive(options: BatchReceiverOptions, count: number, waitSeconds: number): Promise<Message[]> {
  const { client, queueUrl, abortSignal } = options;
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(count, MAX_MESSAGES_PER_RECEIVE),
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages = [] } = await client.send(command, { abortSignal });
  return Messages;
}

function countBytes(messages: Message[]): number {
  return messages.reduce((sum, { Body = '' }) => sum + Buffer.byteLength(Body), 0);
}
