/** A queue of one case, with the calls that most cases make. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SendMessageCommandOutput,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { ConformanceCase, Engine } from '../conformance-case.ts';

export type QueueAttributes = Partial<Record<QueueAttributeName, string>>;

/** Longer than any timeout or delay of the cases, also on a slow machine. */
const WAIT_SECONDS = 10;
const CHECK_SECONDS = 0.25;

/** Makes a queue with a name of its own, and deletes it when `use` has ended. */
export async function withQueue<T>(
  { sqs }: Pick<Engine, 'sqs'>,
  attributes: QueueAttributes,
  use: (queue: ProbeQueue) => Promise<T>,
): Promise<T> {
  const suffix = attributes.FifoQueue === 'true' ? '.fifo' : '';
  const QueueName = `conformance-${crypto.randomUUID()}${suffix}`;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: attributes }));
  try {
    return await use(new ProbeQueue(sqs, QueueUrl, QueueName));
  } finally {
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  }
}

/** Observes `use` of a queue of its own. */
export function inQueue(
  use: (queue: ProbeQueue) => Promise<unknown>,
  attributes: QueueAttributes = {},
): ConformanceCase['observe'] {
  return async (engine) => withQueue(engine, attributes, use);
}

export class ProbeQueue {
  readonly client: SQSClient;
  readonly url: string;
  readonly name: string;

  constructor(client: SQSClient, url: string, name: string) {
    this.client = client;
    this.url = url;
    this.name = name;
  }

  async send(
    MessageBody: string,
    parameters: Partial<SendMessageCommandInput> = {},
  ): Promise<SendMessageCommandOutput> {
    return this.client.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody, ...parameters }));
  }

  /** What can be received without a wait; one message by default. */
  async receive(parameters: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
    const { Messages = [] } = await this.client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.url,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        ...parameters,
      }),
    );
    return Messages;
  }

  /** The next message, waiting until it comes. @throws Error when none comes */
  async receiveNext(parameters: Partial<ReceiveMessageCommandInput> = {}): Promise<Message> {
    const [message] = await this.receive({ WaitTimeSeconds: WAIT_SECONDS, ...parameters });
    if (message === undefined) throw new Error(`no message came from ${this.name} within ${WAIT_SECONDS} s`);
    return message;
  }

  async changeVisibility({ ReceiptHandle }: Message, VisibilityTimeout: number): Promise<void> {
    await this.client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: this.url, ReceiptHandle, VisibilityTimeout }),
    );
  }

  async delete({ ReceiptHandle }: Message): Promise<void> {
    await this.client.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
  }

  /** Resolves when the queue counts a visible message. @throws Error when it does not */
  async untilVisible(): Promise<void> {
    for (let seconds = 0; seconds < WAIT_SECONDS; seconds += CHECK_SECONDS) {
      const { ApproximateNumberOfMessages: visible } = await this.getAttributes('ApproximateNumberOfMessages');
      if (visible !== '0') return;
      await sleep(CHECK_SECONDS * 1000);
    }
    throw new Error(`no message of ${this.name} became visible within ${WAIT_SECONDS} s`);
  }

  async getAttributes(...AttributeNames: QueueAttributeName[]): Promise<QueueAttributes> {
    const { Attributes = {} } = await this.client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames }),
    );
    return Attributes;
  }
}

export function bodiesOf(messages: readonly Message[]): (string | undefined)[] {
  return messages.map(({ Body }) => Body);
}
