/** The queue of pushes on a real SQS server. */
import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SqsServer, startSqs } from '../../tests/support/sqs-server.ts';
import { push } from '../contract/push.ts';
import type { LiveEvent, LiveNews } from '../domain/live-events.ts';
import { SqsPushQueue } from './sqs-push-queue.ts';

let server: SqsServer;
let client: SQSClient;
let queueUrl: string;
beforeAll(async () => {
  server = await startSqs();
  ({ client } = server);
});
afterAll(() => server.stop());
beforeEach(async () => {
  const attributes = { QueueName: `${randomUUID()}.fifo`, Attributes: { FifoQueue: 'true' } };
  queueUrl = (await client.send(new CreateQueueCommand(attributes))).QueueUrl!;
});

const members = new Set(Array.from({ length: 256 }, (_, index) => `b2a1c0d9-1e2f-4a3b-8c4d-5e6f70819${100 + index}`));

function newsOf(event: LiveEvent, rest: Partial<LiveNews> = {}): LiveNews {
  return { chatId: 'chat', members, event, ...rest };
}

/** All that is in the queue, as it would be read. */
async function drain(): Promise<LiveNews[]> {
  const news: LiveNews[] = [];
  for (;;) {
    const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await client.send(command);
    if (Messages.length === 0) return news;
    for (const { Body = '', ReceiptHandle } of Messages) {
      const { members: names, ...rest } = push.parse(JSON.parse(Body));
      news.push({ ...rest, members: new Set(names) });
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
}

test.each(['"', '\\', '\n', 'ß'])('messages of nothing but %j fit, as large as they may be', async (character) => {
  const news = Array.from({ length: 25 }, (_, index) => {
    const message = { seq: index + 1, sender: 'ann', text: character.repeat(4_096), createdAt: 1 };
    return newsOf({ kind: 'sent', messages: [message] });
  });
  await new SqsPushQueue(client, queueUrl).put(news);
  expect(await drain()).toEqual(news);
});

test('events of all kinds are read as they were put', async () => {
  const message = { seq: 1, sender: 'ann', text: '', createdAt: 1 };
  const news = [
    newsOf({ kind: 'sent', messages: [message] }, { origin: 'a1' }),
    newsOf({ kind: 'edited', message: { ...message, editedAt: 2 } }),
    newsOf({ kind: 'deleted', message: { ...message, deletedAt: 2 } }),
    newsOf({ kind: 'read', user: 'ann', seq: 1 }),
    newsOf({ kind: 'latest', seq: 1 }),
    newsOf({ kind: 'typing', user: 'ann' }),
    newsOf({ kind: 'presence', user: 'ann', status: 'away', until: 3 }),
  ];
  await new SqsPushQueue(client, queueUrl).put(news);
  expect(await drain()).toEqual(news);
});

test('what SQS does not take keeps nothing else from being sent', async () => {
  const news = Array.from({ length: 11 }, (_, index) =>
    newsOf({ kind: 'latest', seq: index }, { chatId: index === 0 ? '' : 'chat' }),
  );
  await expect(new SqsPushQueue(client, queueUrl).put(news)).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  expect(await drain()).toEqual(news.slice(1));
});
