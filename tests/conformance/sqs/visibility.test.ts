/** What hides a message, and what shows it again. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { bodiesOf, inQueue } from './probe-queue.ts';

const VISIBILITY = 'Amazon SQS visibility timeout';
const NUMBER = expect.stringMatching(/^\d{13}$/);

const cases: readonly ConformanceCase[] = [
  {
    name: 'a received message is hidden',
    source: VISIBILITY,
    observe: inQueue(async (queue) => {
      await queue.send('a');
      return [bodiesOf(await queue.receive()), bodiesOf(await queue.receive())];
    }),
    documented: [['a'], []],
  },
  {
    name: 'a message comes again when its visibility timeout is over, with its receives counted',
    source: VISIBILITY,
    observe: inQueue(
      async (queue) => {
        await queue.send('a');
        const first = await queue.receiveNext();
        const second = await queue.receiveNext();
        return {
          ids: first.MessageId === second.MessageId,
          handles: first.ReceiptHandle === second.ReceiptHandle,
          counts: [first.Attributes?.ApproximateReceiveCount, second.Attributes?.ApproximateReceiveCount],
        };
      },
      { VisibilityTimeout: '1' },
    ),
    documented: { ids: true, handles: false, counts: ['1', '2'] },
  },
  {
    name: 'a receive may set the visibility timeout of its messages',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      await queue.receiveNext({ VisibilityTimeout: 1 });
      return (await queue.receiveNext()).Body;
    }),
    documented: 'a',
  },
  {
    name: 'a visibility timeout of 0 shows a message at once',
    source: VISIBILITY,
    observe: inQueue(async (queue) => {
      await queue.send('a');
      await queue.changeVisibility(await queue.receiveNext(), 0);
      return (await queue.receiveNext()).Body;
    }),
    documented: 'a',
  },
  {
    name: 'a longer visibility timeout keeps a message hidden',
    source: VISIBILITY,
    observe: inQueue(
      async (queue) => {
        await queue.send('a');
        await queue.changeVisibility(await queue.receiveNext(), 60);
        return bodiesOf(await queue.receive({ WaitTimeSeconds: 4 }));
      },
      { VisibilityTimeout: '3' },
    ),
    documented: [],
  },
  {
    name: 'a visibility timeout of more than 12 hours is refused',
    source: 'ChangeMessageVisibility',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      const message = await queue.receiveNext();
      return errorNameOf(queue.changeVisibility(message, 43_201));
    }),
    documented: 'InvalidParameterValue',
    differences: {
      ministack: { observed: 'accepted', why: 'a visibility timeout may be longer than 12 hours.' },
      localstack: { observed: 'accepted', why: 'a visibility timeout may be longer than 12 hours.' },
    },
  },
  {
    name: 'the visibility of a message that is visible again cannot be changed',
    source: 'ChangeMessageVisibility',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      const message = await queue.receiveNext();
      await queue.changeVisibility(message, 0);
      return errorNameOf(queue.changeVisibility(message, 60));
    }),
    documented: 'MessageNotInflight',
    differences: {
      ministack: { observed: 'accepted', why: 'the visibility of a message that is visible can be changed.' },
      localstack: { observed: 'accepted', why: 'the visibility of a message that is visible can be changed.' },
    },
  },
  {
    name: 'the visibility of a deleted message cannot be changed',
    source: 'ChangeMessageVisibility',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      const message = await queue.receiveNext();
      await queue.delete(message);
      return errorNameOf(queue.changeVisibility(message, 0));
    }),
    documented: 'InvalidParameterValue',
    differences: {
      embedded: { observed: 'MessageNotInflight', why: 'some refused calls get another error.' },
      ministack: { observed: 'ReceiptHandleIsInvalid', why: 'some refused calls get another error.' },
    },
  },
  {
    name: 'a receipt handle that SQS never gave is refused',
    source: 'DeleteMessage',
    observe: inQueue(async (queue) => {
      const message = { ReceiptHandle: 'made-up' };
      return [await errorNameOf(queue.delete(message)), await errorNameOf(queue.changeVisibility(message, 0))];
    }),
    documented: ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid'],
    differences: {
      embedded: {
        observed: ['accepted', 'MessageNotInflight'],
        why: 'a delete with a receipt handle that SQS never gave does nothing, without an error.',
      },
    },
  },
  {
    name: 'a message is deleted once, and again without an error',
    source: 'DeleteMessage',
    observe: inQueue(
      async (queue) => {
        await queue.send('a');
        const message = await queue.receiveNext();
        await queue.delete(message);
        const again = await errorNameOf(queue.delete(message));
        return { again, left: bodiesOf(await queue.receive({ WaitTimeSeconds: 2 })) };
      },
      { VisibilityTimeout: '1' },
    ),
    documented: { again: 'accepted', left: [] },
    differences: {
      ministack: { observed: { again: 'ReceiptHandleIsInvalid', left: [] }, why: 'a second delete is refused.' },
    },
  },
  {
    name: 'a message that is visible again and was not received since is deleted',
    source: 'DeleteMessage',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      const message = await queue.receiveNext({ VisibilityTimeout: 1 });
      await queue.untilVisible();
      await queue.delete(message);
      return bodiesOf(await queue.receive());
    }),
    documented: [],
  },
  {
    name: 'times and sender are told when asked for',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      return (await queue.receiveNext()).Attributes;
    }),
    documented: {
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: NUMBER,
      SentTimestamp: NUMBER,
      SenderId: expect.any(String),
    },
  },
  {
    name: 'attributes of messages are not told when not asked for',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => {
      await queue.send('a', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } } });
      const { Attributes, MessageAttributes } = await queue.receiveNext({ MessageSystemAttributeNames: [] });
      return { Attributes, MessageAttributes };
    }),
    documented: {},
  },
];

runCases('SQS: visibility and redrive', cases);
