/** Signals to the fan-out consumer, on the chat-activity queue. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ChatActivity } from '../domain/chat-store.ts';
import { StoreUnavailableError } from '../domain/errors.ts';

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
