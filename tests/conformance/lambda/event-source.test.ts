/** What a function gets from queues, and what becomes of the messages. */
import { ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './event-source-differences.ts';
import { DOCUMENTED_RECORD, TIME } from './event-source-record.ts';
import { becomesEmpty, listReceipts, sendAndNote } from './event-source-queues.ts';

const USING = 'Using Lambda with Amazon SQS';
const ERRORS = 'Handling errors for an SQS event source in Lambda';
const PARTIAL = 'Implementing partial batch responses';

const CASES: readonly ConformanceCase[] = [
  {
    name: 'a record has the message, its attributes and where it comes from',
    source: USING,
    observe: async (engine) => {
      const [[record] = []] = await sendAndNote(engine, 'Records', [{}], 1, {
        MessageAttributes: {
          text: { DataType: 'String', StringValue: 'grüße' },
          amount: { DataType: 'Number.int', StringValue: '7' },
          bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
        },
      });
      return { ...record, md5OfMessageAttributes: undefined };
    },
    documented: DOCUMENTED_RECORD,
  },
  {
    name: 'an event has no more messages than the batch size, and each message comes once',
    source: USING,
    observe: async (engine) => {
      const messages = ['a', 'b', 'c', 'd', 'e'].map((text) => ({ text }));
      const events = await sendAndNote(engine, 'Batches', messages, 5);
      return { isWithinSize: events.every(({ length }) => length <= 2), receipts: listReceipts(events).toSorted() };
    },
    documented: { isWithinSize: true, receipts: ['a1', 'b1', 'c1', 'd1', 'e1'] },
  },
  {
    name: 'messages of a function that failed come again',
    source: ERRORS,
    observe: async (engine) => {
      // One message, as nobody promises that several are one event.
      const receipts = listReceipts(await sendAndNote(engine, 'Failing', [{ text: 'a', fails: 'once' }], 2));
      return { receipts, isEmpty: await becomesEmpty(engine, 'Failing') };
    },
    documented: { receipts: ['a1', 'a2'], isEmpty: true },
  },
  {
    name: 'a message that has failed too often goes to the dead-letter queue',
    source: ERRORS,
    observe: async (engine) => {
      const receipts = listReceipts(await sendAndNote(engine, 'Poison', [{ text: 'a', fails: 'always' }], 2));
      const { Messages: [message] = [] } = await engine.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: engine.outputs['DeadLettersQueueUrl'],
          WaitTimeSeconds: 20,
        }),
      );
      const { text }: { text?: string } = JSON.parse(message?.Body ?? '{}');
      return { receipts, text, isEmpty: await becomesEmpty(engine, 'Poison') };
    },
    documented: {
      receipts: ['a1', 'a2'],
      text: 'a',
      isEmpty: true,
    },
  },
  {
    name: 'of a batch only the messages come again that the function reports as failed',
    source: PARTIAL,
    observe: async (engine) => {
      const messages = [{ text: 'a' }, { text: 'b', isReported: true }, { text: 'c' }];
      const receipts = listReceipts(await sendAndNote(engine, 'Partial', messages, 4)).toSorted();
      return { receipts, isEmpty: await becomesEmpty(engine, 'Partial') };
    },
    documented: { receipts: ['a1', 'b1', 'b2', 'c1'], isEmpty: true },
  },
  {
    name: 'a whole batch comes again if the function reports a message that is not in it',
    source: PARTIAL,
    observe: async (engine) => {
      const events = await sendAndNote(engine, 'PartialUnknown', [{ text: 'a', isReported: 'unknown' }], 2);
      return listReceipts(events);
    },
    documented: ['a1', 'a2'],
  },
  {
    name: 'a report is ignored if the mapping does not ask for it',
    source: PARTIAL,
    observe: async (engine) => {
      const receipts = listReceipts(await sendAndNote(engine, 'Records', [{ text: 'a', isReported: true }], 1));
      return { receipts, isEmpty: await becomesEmpty(engine, 'Records') };
    },
    documented: { receipts: ['a1'], isEmpty: true },
  },
  {
    name: 'a mapping that is not enabled leaves the messages in the queue',
    source: 'CreateEventSourceMapping',
    observe: async (engine) => {
      await engine.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: engine.outputs['DisabledQueueUrl'],
          Entries: [{ Id: '0', MessageBody: '{}' }],
        }),
      );
      return becomesEmpty(engine, 'Disabled');
    },
    documented: false,
  },
  {
    name: 'a FIFO queue keeps the order within a group, and its records have a number',
    source: USING,
    observe: async (engine) => {
      const messages = ['a', 'b', 'c', 'd', 'e'].map((text) => ({ text }));
      const events = await sendAndNote(engine, 'Fifo', messages, 5, { MessageGroupId: crypto.randomUUID() });
      return { receipts: listReceipts(events), attributes: events[0]?.[0]?.attributes };
    },
    documented: {
      receipts: ['a1', 'b1', 'c1', 'd1', 'e1'],
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: TIME,
        SequenceNumber: expect.stringMatching(/^\d{20}$/),
        MessageGroupId: expect.any(String),
        SenderId: expect.any(String),
        MessageDeduplicationId: expect.stringMatching(/^[\da-f]{64}$/),
        ApproximateFirstReceiveTimestamp: TIME,
      },
    },
  },
  {
    name: 'a message of a FIFO queue that fails holds up those after it',
    source: ERRORS,
    observe: async (engine) => {
      const messages = [{ text: 'a', fails: 'once' }, { text: 'b' }];
      return listReceipts(
        await sendAndNote(engine, 'FailingFifo', messages, 3, { MessageGroupId: crypto.randomUUID() }),
      );
    },
    documented: ['a1', 'a2', 'b1'],
  },
];

runCases('Event source: SQS', withDifferences(CASES, DIFFERENCES));
