/** Order and groups of FIFO queues. */
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { BY_CONTENT, inFifoQueue, sendInOrder } from './fifo-queue.ts';
import { bodiesOf, withQueue } from './probe-queue.ts';

const DELIVERY = 'FIFO queue delivery logic in Amazon SQS';

const order: readonly ConformanceCase[] = [
  {
    name: 'a receive gives as many messages of a group as it can, in their order',
    source: DELIVERY,
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'a2', 'a3');
      return bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 }));
    }),
    documented: ['a1', 'a2', 'a3'],
  },
  {
    name: 'a group with a message in flight is blocked, other groups are not',
    source: DELIVERY,
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'a2', 'b1');
      return [bodiesOf(await queue.receive()), bodiesOf(await queue.receive()), bodiesOf(await queue.receive())];
    }),
    documented: [['a1'], ['b1'], []],
  },
  {
    name: 'the next message of a group comes when the one before is deleted',
    source: DELIVERY,
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'a2');
      await queue.delete(await queue.receiveNext());
      return bodiesOf(await queue.receive());
    }),
    documented: ['a2'],
  },
  {
    name: 'a group stays blocked until all its messages in flight are deleted',
    source: DELIVERY,
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'a2', 'a3');
      const [first, second] = await queue.receive({ MaxNumberOfMessages: 2 });
      if (first === undefined || second === undefined) return 'the group gave one message only';
      await queue.delete(first);
      const between = bodiesOf(await queue.receive());
      await queue.delete(second);
      return { between, after: bodiesOf(await queue.receive()) };
    }),
    documented: { between: [], after: ['a3'] },
  },
  {
    name: 'a message that is visible again comes before those after it',
    source: DELIVERY,
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'a2');
      await queue.changeVisibility(await queue.receiveNext(), 0);
      return (await queue.receiveNext()).Body;
    }),
    documented: 'a1',
  },
  {
    name: 'messages that are visible again together come in their order',
    source: DELIVERY,
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'a2', 'a3');
      await queue.receive({ MaxNumberOfMessages: 2, VisibilityTimeout: 1 });
      const seen: (string | undefined)[] = [];
      for (const _ of [1, 2, 3]) {
        const message = await queue.receiveNext();
        seen.push(message.Body);
        await queue.delete(message);
      }
      return seen;
    }),
    documented: ['a1', 'a2', 'a3'],
  },
  {
    name: 'a message tells its group, its deduplication id and a sequence number that grows',
    source: 'Amazon SQS message metadata',
    observe: inFifoQueue(async (queue) => {
      const first = await queue.send('a1', { MessageGroupId: 'a', MessageDeduplicationId: 'one' });
      const second = await queue.send('b1', { MessageGroupId: 'b', MessageDeduplicationId: 'two' });
      const { Attributes = {} } = await queue.receiveNext();
      const { MessageGroupId, MessageDeduplicationId, SequenceNumber } = Attributes;
      return {
        MessageGroupId,
        MessageDeduplicationId,
        isSequenceNumber: SequenceNumber === first.SequenceNumber,
        grows: BigInt(second.SequenceNumber ?? 0) > BigInt(first.SequenceNumber ?? 0),
      };
    }),
    documented: { MessageGroupId: 'a', MessageDeduplicationId: 'one', isSequenceNumber: true, grows: true },
  },
  {
    name: 'a receive repeated with its attempt id gives the same messages',
    source: 'Using the receive request attempt ID in Amazon SQS',
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1', 'b1');
      const receive = new ReceiveMessageCommand({ QueueUrl: queue.url, ReceiveRequestAttemptId: 'attempt' });
      const answers = [await queue.client.send(receive), await queue.client.send(receive)];
      return answers.map(({ Messages = [] }) => bodiesOf(Messages));
    }),
    documented: [['a1'], ['a1']],
    differences: {
      embedded: { observed: [['a1'], ['b1']], why: 'ReceiveRequestAttemptId has no effect.' },
      localstack: { observed: [['a1'], ['b1']], why: 'ReceiveRequestAttemptId has no effect.' },
      ministack: { observed: [['a1'], ['b1']], why: 'ReceiveRequestAttemptId has no effect.' },
    },
  },
  {
    name: 'a message whose visibility timeout is over cannot be deleted',
    source: 'DeleteMessage',
    observe: inFifoQueue(async (queue) => {
      await sendInOrder(queue, 'a1');
      const message = await queue.receiveNext({ VisibilityTimeout: 1 });
      await queue.untilVisible();
      return errorNameOf(queue.delete(message));
    }),
    documented: 'InvalidParameterValue',
    differences: {
      embedded: {
        observed: 'accepted',
        why: 'a delete of a message of a FIFO queue whose visibility timeout is over does nothing, without an error.',
      },
      ministack: {
        observed: 'accepted',
        why: 'a message of a FIFO queue can be deleted when its visibility timeout is over.',
      },
    },
  },
];

const refused: readonly ConformanceCase[] = [
  {
    name: 'a message without a group is refused',
    source: 'SendMessage',
    observe: inFifoQueue(async (queue) => errorNameOf(queue.send('a'))),
    documented: 'MissingParameter',
  },
  {
    name: 'a message with a delay of its own is refused',
    source: 'SendMessage',
    observe: inFifoQueue(async (queue) => errorNameOf(queue.send('a', { MessageGroupId: 'a', DelaySeconds: 1 }))),
    documented: 'InvalidParameterValue',
  },
  {
    name: 'a message too often received goes to a dead-letter queue with its group, and the next one follows',
    source: 'Using dead-letter queues in Amazon SQS',
    observe: async (engine) =>
      withQueue(engine, { FifoQueue: 'true', ...BY_CONTENT }, async (dead) => {
        const { QueueArn: deadLetterTargetArn } = await dead.getAttributes('QueueArn');
        const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
        return inFifoQueue(
          async (queue) => {
            await sendInOrder(queue, 'a1', 'a2');
            await queue.changeVisibility(await queue.receiveNext(), 0);
            const next = (await queue.receiveNext()).Body;
            const { Body, Attributes } = await dead.receiveNext();
            return { next, Body, group: Attributes?.MessageGroupId };
          },
          { ...BY_CONTENT, RedrivePolicy },
        )(engine);
      }),
    documented: { next: 'a2', Body: 'a1', group: 'a' },
  },
];

runCases('SQS: FIFO', [...order, ...refused]);
