// The event source mapping of SQS queues, with a real SQS server and real functions.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startSqsEventSource, type SqsEventSource, type SqsEventSourceOptions } from './sqs-event-source.ts';
import { TemporaryService } from '../lambda/temporary-service.ts';

/** Notes each event in a file before `statement` decides about it. */
const note = (statement: string) => `
  import { appendFileSync } from 'node:fs';
  const file = process.env.LAMBDA_TASK_ROOT + '/events';
  export const handler = async (event) => {
    appendFileSync(file, JSON.stringify(event) + '\\n');
    const bodies = event.Records.map(({ body }) => body);
    ${statement}
  };`;

let server: FauxqsServer;
let client: SQSClient;
let lambda: TemporaryService;
let source: SqsEventSource | undefined;
let queueNumber = 0;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1', defaultRegion: 'eu-central-1' });
  client = new SQSClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});
beforeEach(() => {
  lambda = new TemporaryService();
  source = undefined;
});
afterEach(async () => {
  await source?.stop();
  await lambda.remove();
});

async function createQueue(attributes: Record<string, string> = {}, suffix = '') {
  const name = `queue-${queueNumber++}${suffix}`;
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return { queueUrl: QueueUrl, queueArn: `arn:aws:sqs:eu-central-1:000000000000:${name}` };
}

function start(queue: { queueUrl: string; queueArn: string }, options: Partial<SqsEventSourceOptions> = {}) {
  source = startSqsEventSource(
    {
      ...queue,
      functionName: 'test',
      batchSize: 10,
      maximumBatchingWindowSeconds: 0,
      maximumConcurrency: 2,
      reportBatchItemFailures: false,
      sqsEndpoint: `http://127.0.0.1:${server.port}`,
      region: 'eu-central-1',
      ...options,
    },
    lambda.service,
  );
}

async function send(QueueUrl: string, bodies: string[], extra: Partial<SendMessageCommandInput> = {}) {
  const Entries = bodies.map((MessageBody, index) => ({ ...extra, Id: String(index), MessageBody }));
  await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

function readEvents() {
  const file = join(lambda.folder, 'code', 'events');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line));
}

const readBodies = (): string[][] =>
  readEvents().map(({ Records }) => Records.map(({ body }: { body: string }) => body));

/** Messages that wait in the queue and messages that someone has received but not deleted. */
async function countMessages(QueueUrl: string): Promise<[waiting: number, inFlight: number]> {
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const read = (name: 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible') =>
    Number(Attributes?.[name]);
  return [read('ApproximateNumberOfMessages'), read('ApproximateNumberOfMessagesNotVisible')];
}

it('invokes with the event of Lambda and deletes the messages after success', async () => {
  lambda.addFunction(note(''));
  const queue = await createQueue();
  const MessageAttributes = {
    text: { DataType: 'String', StringValue: 'value' },
    bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
  };
  const sent = await client.send(
    new SendMessageCommand({ QueueUrl: queue.queueUrl, MessageBody: 'hello', MessageAttributes }),
  );
  start(queue);

  await expect.poll(() => readEvents().length).toBe(1);

  const lists = { stringListValues: [], binaryListValues: [] };
  expect(readEvents()[0]).toEqual({
    Records: [
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          text: { stringValue: 'value', dataType: 'String', ...lists },
          bytes: { binaryValue: 'AQI=', dataType: 'Binary', ...lists },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        md5OfMessageAttributes: sent.MD5OfMessageAttributes,
        eventSource: 'aws:sqs',
        eventSourceARN: queue.queueArn,
        awsRegion: 'eu-central-1',
      },
    ],
  });
  await expect.poll(() => countMessages(queue.queueUrl)).toEqual([0, 0]);
});

it('gathers messages over several receives within the batching window, up to the batch size', async () => {
  lambda.addFunction(note(''));
  const queue = await createQueue();
  await send(queue.queueUrl, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  await send(queue.queueUrl, ['10', '11', '12']);
  start(queue, { batchSize: 12, maximumBatchingWindowSeconds: 1 });

  await expect.poll(() => readBodies().map(({ length }) => length), { timeout: 5_000 }).toEqual([12, 1]);
});

it('deletes only the messages that the function does not report as failed', async () => {
  lambda.addFunction(
    note(`
    const failed = event.Records.filter(({ body }) => body === 'bad');
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };`),
  );
  const queue = await createQueue();
  await send(queue.queueUrl, ['good', 'bad', 'fine']);
  start(queue, { reportBatchItemFailures: true });

  await expect.poll(() => countMessages(queue.queueUrl)).toEqual([0, 1]);
});

it('deletes nothing if the function names a message that is not in the batch', async () => {
  lambda.addFunction(note("return { batchItemFailures: [{ itemIdentifier: 'unknown' }] };"));
  const queue = await createQueue();
  await send(queue.queueUrl, ['a', 'b']);
  start(queue, { reportBatchItemFailures: true });

  await expect.poll(() => readEvents().length).toBe(1);
  await source?.stop();

  expect(await countMessages(queue.queueUrl)).toEqual([0, 2]);
});

it('leaves messages of a failed function to the redrive policy of the queue', async () => {
  lambda.addFunction(note("throw new Error('no');"));
  const deadLetters = await createQueue();
  const queue = await createQueue({
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.queueArn, maxReceiveCount: 2 }),
  });
  await send(queue.queueUrl, ['poison']);
  start(queue);

  await expect.poll(() => countMessages(deadLetters.queueUrl), { timeout: 8_000 }).toEqual([1, 0]);

  expect(readBodies()).toEqual([['poison'], ['poison']]);
}, 10_000);

it('has no more events in flight than the maximum concurrency', async () => {
  lambda.addFunction(`
    import { appendFileSync } from 'node:fs';
    let running = 0;
    export const handler = async () => {
      appendFileSync(process.env.LAMBDA_TASK_ROOT + '/events', JSON.stringify(++running) + '\\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
      running--;
    };`);
  const queue = await createQueue();
  await send(queue.queueUrl, ['0', '1', '2', '3', '4', '5', '6', '7']);
  start(queue, { batchSize: 1, maximumConcurrency: 3 });

  await expect.poll(() => readEvents().length).toBe(8);

  expect(Math.max(...readEvents())).toBe(3);
});

it('keeps the order within the groups of a FIFO queue', async () => {
  lambda.addFunction(note('await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));'));
  const queue = await createQueue({ FifoQueue: 'true', ContentBasedDeduplication: 'true' }, '.fifo');
  await send(queue.queueUrl, ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'], { MessageGroupId: 'a' });
  await send(queue.queueUrl, ['b0', 'b1', 'b2', 'b3'], { MessageGroupId: 'b' });
  start(queue, { batchSize: 2, maximumConcurrency: 4 });

  await expect.poll(() => readBodies().flat().length).toBe(10);

  const bodies = readBodies().flat();
  expect(bodies.filter((body) => body.startsWith('a'))).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  expect(bodies.filter((body) => body.startsWith('b'))).toEqual(['b0', 'b1', 'b2', 'b3']);
});

it('lets an event in flight finish and deletes its messages when it is stopped, and polls no more', async () => {
  lambda.addFunction(note('await new Promise((resolve) => setTimeout(resolve, 300));'));
  const queue = await createQueue();
  await send(queue.queueUrl, ['slow']);
  start(queue);
  await expect.poll(() => readEvents().length).toBe(1);

  await source?.stop();
  const left = await countMessages(queue.queueUrl);
  await send(queue.queueUrl, ['later']);
  await new Promise((resolve) => setTimeout(resolve, 200));

  expect(left).toEqual([0, 0]);
  expect(readBodies()).toEqual([['slow']]);
});

it('goes on after errors of the queue', async () => {
  lambda.addFunction(note(''));
  const name = `late-${queueNumber++}`;
  const queue = {
    queueUrl: `http://127.0.0.1:${server.port}/000000000000/${name}`,
    queueArn: `arn:aws:sqs:eu-central-1:000000000000:${name}`,
  };
  start(queue);
  await new Promise((resolve) => setTimeout(resolve, 50));

  await client.send(new CreateQueueCommand({ QueueName: name }));
  await send(queue.queueUrl, ['at last']);

  await expect.poll(readBodies, { timeout: 5_000 }).toEqual([['at last']]);
});

it.each([
  ['queue', { batchSize: 11 }, 'batching window of 1 second or more'],
  ['queue', { batchSize: 0 }, 'it must be 1 to 10000'],
  ['queue.fifo', { batchSize: 11 }, 'it must be 1 to 10'],
  ['queue.fifo', { maximumBatchingWindowSeconds: 1 }, 'has no batching window'],
])('refuses for %s the options %o', (name, options, message) => {
  expect(() => start({ queueUrl: name, queueArn: `arn:aws:sqs:eu-central-1:000000000000:${name}` }, options)).toThrow(
    message,
  );
});
