/** Signals to the fan-out consumer, on the chat-activity queue. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ChatActivity } from '../domain/chat-store.ts';
import { StoreUnavailableError } from '../domain/errors.ts';
import { withTimeout } from './request-timeout.ts';

/** A client that asks SQS at its endpoint: a queue's URL names the queue, but its host may be out of reach. */
export function createSqsClient(): SQSClient {
  return new SQSClient({ maxAttempts: 2, requestHandler: withTimeout(2_000), useQueueUrlAsEndpoint: false });
}

export class SqsChatActivity implements ChatActivity {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async signal(chatId: string, rest: number): Promise<void> {
    const body = JSON.stringify({ chatId, rest });
    try {
      await this.#client.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody: body }));
    } catch (error) {
      throw new StoreUnavailableError('SQS did not take the signal', { cause: error });
    }
  }
}
