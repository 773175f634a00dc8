/** Signals to the fan-out consumer, on the chat-activity queue. */
import { randomInt } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ChatActivity } from '../domain/chat-store.ts';
import { StoreUnavailableError } from '../domain/errors.ts';

export class SqsChatActivity implements ChatActivity {
  readonly #client: SQSClient;
  readonly #queueUrl: string;
  readonly #longestDelaySeconds: number;

  /**
   * @param longestDelaySeconds how long a signal stays away at most, 900 or less, so that all messages of that time share
   *   it. Some come in half of it: chats that were active together are not all fanned out together
   */
  constructor(client: SQSClient, queueUrl: string, longestDelaySeconds: number) {
    this.#client = client;
    this.#queueUrl = queueUrl;
    this.#longestDelaySeconds = longestDelaySeconds;
  }

  async signal(chatId: string, rest: number): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl: this.#queueUrl,
      MessageBody: JSON.stringify({ chatId, rest }),
      DelaySeconds: randomInt(Math.ceil(this.#longestDelaySeconds / 2), this.#longestDelaySeconds + 1),
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      throw new StoreUnavailableError('SQS did not take the signal', { cause: error });
    }
  }
}
