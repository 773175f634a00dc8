/** Sizes, characters and attributes of messages. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { inQueue } from './probe-queue.ts';

const QUOTAS = 'Amazon SQS message quotas';
const MESSAGE_LIMIT_BYTES = 1024 * 1024;

const cases: readonly ConformanceCase[] = [
  {
    name: 'a message of 1 MiB is taken',
    source: QUOTAS,
    observe: inQueue(async (queue) => errorNameOf(queue.send('x'.repeat(MESSAGE_LIMIT_BYTES)))),
    documented: 'accepted',
  },
  {
    name: 'a message of a byte more is refused',
    source: QUOTAS,
    observe: inQueue(async (queue) => errorNameOf(queue.send('x'.repeat(MESSAGE_LIMIT_BYTES + 1)))),
    documented: 'InvalidParameterValue',
  },
  {
    name: 'a queue may take smaller messages only, measured in UTF-8 with their attributes',
    source: QUOTAS,
    observe: inQueue(
      async (queue) => {
        const MessageAttributes = { kind: { DataType: 'String', StringValue: 'x' } };
        return [
          await errorNameOf(queue.send('я'.repeat(512))),
          await errorNameOf(queue.send('я'.repeat(513))),
          await errorNameOf(queue.send('я'.repeat(512), { MessageAttributes })),
        ];
      },
      { MaximumMessageSize: '1024' },
    ),
    documented: ['accepted', 'InvalidParameterValue', 'InvalidParameterValue'],
    differences: {
      ministack: {
        observed: ['accepted', 'InvalidParameterValue', 'accepted'],
        why: 'attributes do not count toward the size of a message.',
      },
    },
  },
  {
    name: 'an empty body is refused',
    source: 'SendMessage',
    observe: inQueue(async (queue) => errorNameOf(queue.send(''))),
    documented: expect.stringMatching(/^(MissingParameter|InvalidParameterValue)$/),
  },
  {
    name: 'a body comes back as it was sent, with emoji and line ends',
    source: 'SendMessage',
    observe: inQueue(async (queue) => {
      await queue.send('{"text": "ü 😀 \\u0000"}\r\n\t');
      return (await queue.receiveNext()).Body;
    }),
    documented: '{"text": "ü 😀 \\u0000"}\r\n\t',
  },
  {
    name: 'a control character is refused',
    source: 'SendMessage',
    observe: inQueue(async (queue) => errorNameOf(queue.send('a\u0001'))),
    documented: 'InvalidMessageContents',
  },
  {
    name: 'attributes of a message come back, and its digests are as documented',
    source: 'Amazon SQS message metadata',
    observe: inQueue(async (queue) => {
      const sent = await queue.send('hello', {
        MessageAttributes: {
          text: { DataType: 'String', StringValue: 'x' },
          count: { DataType: 'Number.int', StringValue: '7' },
          bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
        },
      });
      const received = await queue.receiveNext({ MessageAttributeNames: ['All'] });
      return {
        body: [sent.MD5OfMessageBody, received.MD5OfBody],
        attributes: [sent.MD5OfMessageAttributes, received.MD5OfMessageAttributes],
        received: received.MessageAttributes,
      };
    }),
    documented: {
      body: ['5d41402abc4b2a76b9719d911017c592', '5d41402abc4b2a76b9719d911017c592'],
      attributes: ['20420c7cad9d7a628b8c9b814907a6f7', '20420c7cad9d7a628b8c9b814907a6f7'],
      received: {
        text: { DataType: 'String', StringValue: 'x' },
        count: { DataType: 'Number.int', StringValue: '7' },
        bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
      },
    },
  },
  {
    name: 'attributes of a message are told by name and by prefix',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => {
      const value = { DataType: 'String', StringValue: 'x' };
      await queue.send('a', { MessageAttributes: { 'app.one': value, 'app.two': value, kind: value, other: value } });
      const { MessageAttributes = {} } = await queue.receiveNext({ MessageAttributeNames: ['app.*', 'kind'] });
      return Object.keys(MessageAttributes).toSorted();
    }),
    documented: ['app.one', 'app.two', 'kind'],
  },
];

runCases('SQS: batches and limits', cases);
