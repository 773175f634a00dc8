// Tests of the local SQS through the AWS SDK: queues, redrive, and what outlasts kill -9.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSqs } from './sqs.ts';
import type { Queue, Sqs } from './sqs.ts';

let dataFolder: string;
let sqs: Sqs;
let client: SQSClient;

function createClient(endpoint: string): SQSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ endpoint, region: 'us-east-1', credentials });
}

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'sqs-'));
  sqs = await startSqs({ dataFolder });
  client = createClient(sqs.endpoint);
});

afterEach(async () => {
  client.destroy();
  await sqs.stop();
  await rm(dataFolder, { recursive: true });
});

async function restart(): Promise<void> {
  client.destroy();
  await sqs.stop();
  sqs = await startSqs({ dataFolder });
  client = createClient(sqs.endpoint);
}

async function send(queue: Queue, body: string): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
}

async function receive(queue: Queue, visibilitySeconds?: number): Promise<Message | undefined> {
  const { Messages } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      ...(visibilitySeconds !== undefined && { VisibilityTimeout: visibilitySeconds }),
    }),
  );
  return Messages?.[0];
}

async function getAttributes(queue: Queue): Promise<Record<string, string> | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['All'] });
  return (await client.send(command)).Attributes;
}

describe('createQueue', () => {
  test('makes a queue with the given attributes', async () => {
    const queue = sqs.createQueue('orders', { VisibilityTimeout: '7' });

    expect(queue.arn).toBe('arn:aws:sqs:us-east-1:000000000000:orders');
    expect(await getAttributes(queue)).toMatchObject({ VisibilityTimeout: '7', QueueArn: queue.arn });
  });

  test('of an existing queue keeps its messages and takes the new attributes', async () => {
    const queue = sqs.createQueue('orders', { VisibilityTimeout: '7', DelaySeconds: '0' });
    await send(queue, 'kept');
    await restart();

    const again = sqs.createQueue('orders', { ReceiveMessageWaitTimeSeconds: '1' });

    expect((await receive(again))?.Body).toBe('kept');
    expect(await getAttributes(again)).toMatchObject({ VisibilityTimeout: '30', ReceiveMessageWaitTimeSeconds: '1' });
  });

  test('refuses a value out of range', () => {
    expect(() => sqs.createQueue('orders', { VisibilityTimeout: '43201' })).toThrow(/VisibilityTimeout/);
  });
});

test('after a restart a queue has the URL of the new port', async () => {
  sqs.createQueue('orders');
  await restart();

  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }));

  expect(QueueUrl).toBe(`${sqs.endpoint}/000000000000/orders`);
});

test('a message received too often goes to the dead-letter queue', async () => {
  const dead = sqs.createQueue('dead');
  const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: 2 };
  const queue = sqs.createQueue('orders', { RedrivePolicy: JSON.stringify(redrive), VisibilityTimeout: '0' });
  await send(queue, 'poison');

  const bodies = [await receive(queue), await receive(queue), await receive(queue)].map((message) => message?.Body);

  expect(bodies).toEqual(['poison', 'poison', undefined]);
  expect((await receive(dead))?.Body).toBe('poison');
});

test('a message made visible at once can be received again, also after a restart', async () => {
  const queue = sqs.createQueue('orders');
  await send(queue, 'again');
  const first = await receive(queue);
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queue.url,
      ReceiptHandle: first?.ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  await restart();

  const second = await receive(sqs.createQueue('orders'));

  expect(second).toMatchObject({ Body: 'again', Attributes: { ApproximateReceiveCount: '2' } });
});

test('kill -9 loses no answered message: ready, delayed or in flight', async () => {
  const code = `
    import { startSqs } from ${JSON.stringify(import.meta.resolve('./sqs.ts'))};
    const sqs = await startSqs({ dataFolder: ${JSON.stringify(join(dataFolder, 'killed'))} });
    console.log(JSON.stringify(sqs.createQueue('orders')));`;
  const engine = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: Buffer[] = await once(engine.stdout, 'data');
  const queue: Queue = JSON.parse(String(line));
  const killedClient = createClient(new URL(queue.url).origin);
  const sendTo = (body: string, delaySeconds: number) =>
    killedClient.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body, DelaySeconds: delaySeconds }));
  const receiveFrom = (visibilitySeconds: number) =>
    killedClient.send(new ReceiveMessageCommand({ QueueUrl: queue.url, VisibilityTimeout: visibilitySeconds }));
  await sendTo('in-flight', 0);
  const inFlight = await receiveFrom(600);
  await sendTo('deleted', 0);
  const deleted = await receiveFrom(600);
  const handle = deleted.Messages?.[0]?.ReceiptHandle;
  await killedClient.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: handle }));
  await sendTo('ready', 0);
  await sendTo('delayed', 900);

  engine.kill('SIGKILL');
  await once(engine, 'exit');
  killedClient.destroy();

  const restarted = await startSqs({ dataFolder: join(dataFolder, 'killed') });
  const after = createClient(restarted.endpoint);
  const found = restarted.createQueue('orders');
  const { Attributes } = await after.send(
    new GetQueueAttributesCommand({ QueueUrl: found.url, AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
  });
  // The receipt handle given before the kill still deletes the message.
  const inFlightHandle = inFlight.Messages?.[0]?.ReceiptHandle;
  await after.send(new DeleteMessageCommand({ QueueUrl: found.url, ReceiptHandle: inFlightHandle }));
  const { Messages } = await after.send(new ReceiveMessageCommand({ QueueUrl: found.url, MaxNumberOfMessages: 10 }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['ready']);
  after.destroy();
  await restarted.stop();
});

describe('the server', () => {
  test('listens on the loopback interface only', async () => {
    const { port } = new URL(sqs.endpoint);
    const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const external = interfaces.filter(({ internal, family }) => !internal && family === 'IPv4');

    for (const { address } of [...external, { address: '127.0.0.2' }]) {
      await expect(fetch(`http://${address}:${port}/health`)).rejects.toThrow('fetch failed');
    }
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });

  test('refuses web pages of other hosts', async () => {
    const response = await fetch(sqs.endpoint, { method: 'POST', headers: { origin: 'https://example.org' } });

    expect(response.status).toBe(403);
  });
});
