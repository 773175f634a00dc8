/** Queues and their attributes. */
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { inQueue } from './probe-queue.ts';

const cases: readonly ConformanceCase[] = [
  {
    name: 'a queue has the documented defaults',
    source: 'SetQueueAttributes',
    observe: inQueue(async (queue) =>
      queue.getAttributes(
        'VisibilityTimeout',
        'DelaySeconds',
        'MessageRetentionPeriod',
        'ReceiveMessageWaitTimeSeconds',
        'MaximumMessageSize',
      ),
    ),
    documented: {
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      MaximumMessageSize: '1048576',
    },
  },
  {
    name: 'a queue counts its messages: visible, in flight and delayed',
    source: 'GetQueueAttributes',
    observe: inQueue(async (queue) => {
      await queue.send('in flight');
      await queue.receiveNext();
      await queue.send('visible');
      await queue.send('delayed', { DelaySeconds: 900 });
      return queue.getAttributes(
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      );
    }),
    documented: {
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    },
  },
  {
    name: 'a message that is visible again is counted so',
    source: 'GetQueueAttributes',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      await queue.receiveNext({ VisibilityTimeout: 1 });
      await queue.untilVisible();
      return queue.getAttributes('ApproximateNumberOfMessages');
    }),
    documented: { ApproximateNumberOfMessages: '1' },
  },
  {
    name: 'an attribute of a queue is changed',
    source: 'SetQueueAttributes',
    observe: inQueue(async (queue) => {
      await queue.client.send(
        new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { VisibilityTimeout: '7' } }),
      );
      return queue.getAttributes('VisibilityTimeout');
    }),
    documented: { VisibilityTimeout: '7' },
  },
  {
    name: 'an attribute out of range is refused',
    source: 'SetQueueAttributes',
    observe: inQueue(async (queue) =>
      errorNameOf(
        queue.client.send(
          new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { VisibilityTimeout: '43201' } }),
        ),
      ),
    ),
    documented: 'InvalidAttributeValue',
    differences: {
      localstack: { observed: 'accepted', why: 'attributes of a queue are not checked for their range.' },
    },
  },
  {
    name: 'a queue made again with the same attributes is the same queue',
    source: 'CreateQueue',
    observe: inQueue(
      async (queue) => {
        const create = (VisibilityTimeout: string) =>
          queue.client.send(new CreateQueueCommand({ QueueName: queue.name, Attributes: { VisibilityTimeout } }));
        return { same: (await create('7')).QueueUrl === queue.url, other: await errorNameOf(create('8')) };
      },
      { VisibilityTimeout: '7' },
    ),
    documented: { same: true, other: 'QueueNameExists' },
  },
  {
    name: 'the name of a FIFO queue ends with .fifo',
    source: 'CreateQueue',
    observe: async ({ sqs }) => {
      const create = new CreateQueueCommand({ QueueName: 'conformance-fifo', Attributes: { FifoQueue: 'true' } });
      return errorNameOf(sqs.send(create));
    },
    documented: 'InvalidParameterValue',
  },
  {
    name: 'a missing queue is told',
    source: 'GetQueueUrl',
    observe: async ({ sqs }) => errorNameOf(sqs.send(new GetQueueUrlCommand({ QueueName: 'conformance-none' }))),
    documented: 'QueueDoesNotExist',
  },
  {
    name: 'a second purge within a minute is refused',
    source: 'PurgeQueue',
    observe: inQueue(async (queue) => {
      const purge = () => queue.client.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      await purge();
      return errorNameOf(purge());
    }),
    documented: 'PurgeQueueInProgress',
    differences: {
      embedded: { observed: 'accepted', why: 'a queue can be purged at any time.' },
      localstack: { observed: 'accepted', why: 'a queue can be purged at any time.' },
      ministack: { observed: 'accepted', why: 'a queue can be purged at any time.' },
    },
  },
];

runCases('SQS: batches and limits', cases);
