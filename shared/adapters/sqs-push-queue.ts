/** Pushes to many sockets, on a FIFO queue: each group in its order. */
import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { StoreUnavailableError } from '../domain/errors.ts';
import type { Push, PushQueue } from '../domain/sockets.ts';

/** SQS takes ten messages at once; with what a frame may hold at most they are below its 1 MiB. */
const BATCH_ENTRIES = 10;

export class SqsPushQueue implements PushQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  /** One batch after another, so that a group's order stays. */
  async put(pushes: readonly Push[]): Promise<void> {
    const entries = pushes.map(({ sockets, text, group }, index): SendMessageBatchRequestEntry => {
      const MessageBody = JSON.stringify({ sockets, text });
      return { Id: String(index), MessageBody, MessageGroupId: group, MessageDeduplicationId: randomUUID() };
    });
    for (let start = 0; start < entries.length; start += BATCH_ENTRIES)
      await this.#send(entries.slice(start, start + BATCH_ENTRIES));
  }

  async #send(Entries: SendMessageBatchRequestEntry[]): Promise<void> {
    const { Failed = [] } = await this.#client
      .send(new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }))
      .catch((cause: unknown) => {
        throw new StoreUnavailableError('SQS did not take the pushes', { cause });
      });
    if (Failed.length > 0)
      throw new StoreUnavailableError(`SQS took ${Entries.length - Failed.length} of ${Entries.length} pushes`);
  }
}
