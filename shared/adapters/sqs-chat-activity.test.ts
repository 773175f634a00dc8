/** Signals on a real SQS server. */
import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SqsServer, startSqs } from '../../tests/support/sqs-server.ts';
import { chatActivity } from '../contract/chat-activity.ts';
import { SqsChatActivity } from './sqs-chat-activity.ts';

let sqs: SqsServer;
let queueUrl: string;
beforeAll(async () => {
  sqs = await startSqs();
});
afterAll(() => sqs.stop());
beforeEach(async () => {
  queueUrl = (await sqs.client.send(new CreateQueueCommand({ QueueName: randomUUID() }))).QueueUrl!;
});

/** When each of so many signals came, in milliseconds since 1970. */
async function receiveAll(count: number): Promise<number[]> {
  const arrivals: number[] = [];
  while (arrivals.length < count) {
    const wait = { MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
    const { Messages = [] } = await sqs.client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, ...wait }));
    arrivals.push(...Messages.map(() => Date.now()));
  }
  return arrivals;
}

test('a signal says which chat has news, and without a delay at once', async () => {
  await new SqsChatActivity(sqs.client, queueUrl, 0).signal('chat', 7);
  const { Messages = [] } = await sqs.client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
  expect(Messages.map(({ Body = '' }) => chatActivity.parse(JSON.parse(Body)))).toEqual([{ chatId: 'chat', rest: 7 }]);
});

test('signals of one moment stay away for half of the longest delay or longer, and do not come together', async () => {
  const count = 40;
  const activity = new SqsChatActivity(sqs.client, queueUrl, 4);
  const sentAt = Date.now();
  await Promise.all(Array.from({ length: count }, (_, index) => activity.signal(`chat-${index}`, 0)));
  const arrivals = await receiveAll(count);
  expect(Math.min(...arrivals) - sentAt).toBeGreaterThan(1_900);
  expect(Math.max(...arrivals) - Math.min(...arrivals)).toBeGreaterThan(900);
}, 20_000);
