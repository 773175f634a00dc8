/** Deduplication in FIFO queues. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { inFifoQueue } from './fifo-queue.ts';
import { bodiesOf } from './probe-queue.ts';

const DEDUPLICATION = 'Using the message deduplication ID in Amazon SQS';

const cases: readonly ConformanceCase[] = [
  {
    name: 'a message with the deduplication id of an earlier one is accepted and not delivered',
    source: DEDUPLICATION,
    observe: inFifoQueue(async (queue) => {
      const group = { MessageGroupId: 'a', MessageDeduplicationId: 'same' };
      const first = await queue.send('first', group);
      const second = await queue.send('second', group);
      const { Body, ...message } = await queue.receiveNext();
      await queue.delete(message);
      return { isSame: first.MessageId === second.MessageId, Body, left: bodiesOf(await queue.receive()) };
    }),
    documented: { isSame: true, Body: 'first', left: [] },
  },
  {
    name: 'a deduplication id holds after its message is deleted',
    source: DEDUPLICATION,
    observe: inFifoQueue(async (queue) => {
      const group = { MessageGroupId: 'a', MessageDeduplicationId: 'same' };
      await queue.send('first', group);
      await queue.delete(await queue.receiveNext());
      await queue.send('second', group);
      return bodiesOf(await queue.receive({ WaitTimeSeconds: 1 }));
    }),
    documented: [],
  },
  {
    name: 'equal bodies are duplicates where the content counts, whatever their attributes',
    source: DEDUPLICATION,
    observe: inFifoQueue(async (queue) => {
      await queue.send('same', { MessageGroupId: 'a' });
      await queue.send('same', {
        MessageGroupId: 'a',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
      });
      await queue.delete(await queue.receiveNext());
      return bodiesOf(await queue.receive({ WaitTimeSeconds: 1 }));
    }),
    documented: [],
  },
  {
    name: 'a deduplication id wins over equal content',
    source: DEDUPLICATION,
    observe: inFifoQueue(async (queue) => {
      await queue.send('same', { MessageGroupId: 'a', MessageDeduplicationId: 'one' });
      await queue.send('same', { MessageGroupId: 'b', MessageDeduplicationId: 'two' });
      return bodiesOf(await queue.receive({ MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }));
    }),
    documented: ['same', 'same'],
  },
  {
    name: 'a deduplication id holds in every group of a queue',
    source: DEDUPLICATION,
    observe: inFifoQueue(async (queue) => {
      await queue.send('first', { MessageGroupId: 'a', MessageDeduplicationId: 'same' });
      await queue.send('second', { MessageGroupId: 'b', MessageDeduplicationId: 'same' });
      return bodiesOf(await queue.receive({ MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }));
    }),
    documented: ['first'],
  },
  {
    name: 'a deduplication id holds in one group where its scope is the group',
    source: 'High throughput for FIFO queues in Amazon SQS',
    observe: inFifoQueue(
      async (queue) => {
        await queue.send('first', { MessageGroupId: 'a', MessageDeduplicationId: 'same' });
        await queue.send('second', { MessageGroupId: 'b', MessageDeduplicationId: 'same' });
        return bodiesOf(await queue.receive({ MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }));
      },
      { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    ),
    documented: ['first', 'second'],
    differences: {
      embedded: {
        observed: ['first'],
        why: 'DeduplicationScope has no effect: a deduplication id holds in the whole queue.',
      },
    },
  },
  {
    name: 'a message without a deduplication id is refused where the content does not count',
    source: DEDUPLICATION,
    observe: inFifoQueue(async (queue) => errorNameOf(queue.send('a', { MessageGroupId: 'a' })), {}),
    documented: 'InvalidParameterValue',
  },
];

runCases('SQS: FIFO', cases);
