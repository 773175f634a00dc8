/** Long polling, delays and purges. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { bodiesOf, inQueue } from './probe-queue.ts';

const cases: readonly ConformanceCase[] = [
  {
    name: 'a waiting receive gets a message that comes',
    source: 'Amazon SQS short and long polling',
    observe: inQueue(async (queue) => {
      const receiving = queue.receiveNext();
      await sleep(500);
      await queue.send('a');
      return (await receiving).Body;
    }),
    documented: 'a',
  },
  {
    name: 'an empty queue answers no list of messages',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => queue.receive()),
    documented: [],
  },
  {
    name: 'a delayed message comes when its delay is over',
    source: 'Amazon SQS message timers',
    observe: inQueue(async (queue) => {
      await queue.send('a', { DelaySeconds: 3 });
      const early = bodiesOf(await queue.receive());
      return { early, late: (await queue.receiveNext()).Body };
    }),
    documented: { early: [], late: 'a' },
  },
  {
    name: 'a message may have less delay than its queue',
    source: 'Amazon SQS delay queues',
    observe: inQueue(
      async (queue) => {
        await queue.send('late');
        await queue.send('now', { DelaySeconds: 0 });
        return bodiesOf(await queue.receive({ WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }));
      },
      { DelaySeconds: '900' },
    ),
    documented: ['now'],
  },
  {
    name: 'a delay of more than 15 minutes is refused',
    source: 'SendMessage',
    observe: inQueue(async (queue) => errorNameOf(queue.send('a', { DelaySeconds: 901 }))),
    documented: 'InvalidParameterValue',
    differences: {
      embedded: { observed: 'accepted', why: 'a delay may be longer than 15 minutes.' },
      localstack: { observed: 'accepted', why: 'a delay may be longer than 15 minutes.' },
      ministack: { observed: 'accepted', why: 'a delay may be longer than 15 minutes.' },
    },
  },
  {
    name: 'a wait of more than 20 seconds is refused',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => {
      // Ends the wait where it is not refused.
      await queue.send('a');
      return errorNameOf(queue.receive({ WaitTimeSeconds: 21 }));
    }),
    documented: 'InvalidParameterValue',
    differences: { ministack: { observed: 'accepted', why: 'a receive may wait for more than 20 seconds.' } },
  },
  {
    name: 'a purge deletes what is visible and what is in flight',
    source: 'PurgeQueue',
    observe: inQueue(
      async (queue) => {
        await queue.send('a');
        await queue.receiveNext();
        await queue.send('b');
        await queue.client.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
        return bodiesOf(await queue.receive({ WaitTimeSeconds: 4 }));
      },
      { VisibilityTimeout: '2' },
    ),
    documented: [],
  },
];

runCases('SQS: visibility and redrive', cases);
