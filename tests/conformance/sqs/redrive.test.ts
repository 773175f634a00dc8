/** What leads a message to the dead-letter queue. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { bodiesOf, inQueue, type ProbeQueue, withQueue } from './probe-queue.ts';

const REDRIVE = 'Using dead-letter queues in Amazon SQS';

/** A queue that gives up on a message after a number of receives; the dead-letter queue is made and deleted with it. */
function inRedrivenQueue(
  maxReceiveCount: number,
  use: (queue: ProbeQueue, dead: ProbeQueue) => Promise<unknown>,
): ConformanceCase['observe'] {
  return async (engine) =>
    withQueue(engine, {}, async (dead) => {
      const { QueueArn: deadLetterTargetArn } = await dead.getAttributes('QueueArn');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
      return withQueue(engine, { RedrivePolicy }, async (queue) => use(queue, dead));
    });
}

const cases: readonly ConformanceCase[] = [
  {
    name: 'a message received too often goes to the dead-letter queue, with its id, body and attributes',
    source: REDRIVE,
    observe: inRedrivenQueue(2, async (queue, dead) => {
      const { MessageId } = await queue.send('poison', {
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
      });
      for (const _ of [1, 2]) await queue.changeVisibility(await queue.receiveNext(), 0);
      const third = bodiesOf(await queue.receive({ WaitTimeSeconds: 1 }));
      const message = await dead.receiveNext({ MessageAttributeNames: ['All'] });
      return {
        third,
        body: message.Body,
        isSame: message.MessageId === MessageId,
        kind: message.MessageAttributes?.['kind']?.StringValue,
      };
    }),
    documented: { third: [], body: 'poison', isSame: true, kind: 'x' },
  },
  {
    name: 'a message of a dead-letter queue tells where it came from',
    source: REDRIVE,
    observe: inRedrivenQueue(1, async (queue, dead) => {
      await queue.send('poison');
      await queue.changeVisibility(await queue.receiveNext(), 0);
      await queue.receive({ WaitTimeSeconds: 1 });
      const { QueueArn } = await queue.getAttributes('QueueArn');
      const { Attributes = {} } = await dead.receiveNext();
      return Attributes.DeadLetterQueueSourceArn === QueueArn;
    }),
    documented: true,
    differences: { embedded: { observed: false, why: 'there is no DeadLetterQueueSourceArn.' } },
  },
  {
    name: 'a message deleted in time stays out of the dead-letter queue',
    source: REDRIVE,
    observe: inRedrivenQueue(1, async (queue, dead) => {
      await queue.send('good');
      await queue.delete(await queue.receiveNext());
      await queue.receive();
      return bodiesOf(await dead.receive());
    }),
    documented: [],
  },
  {
    name: 'a dead-letter queue that does not exist is refused',
    source: REDRIVE,
    observe: inQueue(async (queue) => {
      const { QueueArn = '' } = await queue.getAttributes('QueueArn');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${QueueArn}-none`, maxReceiveCount: 1 });
      return errorNameOf(withQueue({ sqs: queue.client }, { RedrivePolicy }, async () => {}));
    }),
    documented: 'InvalidParameterValue',
    differences: {
      embedded: {
        observed: 'accepted',
        why: 'a dead-letter queue that does not exist is accepted; messages then stay in the queue.',
      },
      localstack: { observed: 'accepted', why: 'a dead-letter queue that does not exist is accepted.' },
      ministack: { observed: 'InvalidAttributeValue', why: 'some refused calls get another error.' },
    },
  },
];

runCases('SQS: visibility and redrive', cases);
