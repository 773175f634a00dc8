/** What is pushed to large chats, on a FIFO queue with a group for each chat. */
import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import type { Push } from '../contract/push.ts';
import { StoreUnavailableError } from '../domain/errors.ts';
import type { LiveNews, PushQueue } from '../domain/live-events.ts';

/** SQS takes ten at once, and 1 MiB: an event holds a message, of 25 KB at most, and 256 members, who are 10 KB. */
const BATCH_ENTRIES = 10;

export class SqsPushQueue implements PushQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  /** One batch after another, so that the order stays; one that was not taken keeps none from being sent. */
  async put(news: readonly LiveNews[]): Promise<void> {
    const entries = news.map(describeEntry);
    const failures: unknown[] = [];
    for (let start = 0; start < entries.length; start += BATCH_ENTRIES)
      await this.#send(entries.slice(start, start + BATCH_ENTRIES)).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new StoreUnavailableError('SQS did not take all pushes', { cause: failures[0] });
  }

  async #send(Entries: SendMessageBatchRequestEntry[]): Promise<void> {
    const { Failed = [] } = await this.#client.send(new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`SQS took ${Entries.length - Failed.length} of ${Entries.length} pushes`);
  }
}

function describeEntry({ chatId, members, event, origin }: LiveNews, index: number): SendMessageBatchRequestEntry {
  const push: Push = { chatId, members: [...members.keys()], event, ...(origin !== undefined && { origin }) };
  return {
    Id: String(index),
    MessageBody: JSON.stringify(push),
    MessageGroupId: chatId,
    MessageDeduplicationId: randomUUID(),
  };
}
