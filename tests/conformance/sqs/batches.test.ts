/** Batches of sends, deletes and changes of visibility. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { errorNameOf } from './error-name-of.ts';
import { bodiesOf, inQueue, type ProbeQueue } from './probe-queue.ts';

const QUOTAS = 'Amazon SQS message quotas';
const MESSAGE_LIMIT_BYTES = 1024 * 1024;

async function sendBatch({ client, url }: ProbeQueue, Entries: SendMessageBatchRequestEntry[]) {
  const { Successful = [], Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  return {
    sent: Successful.map(({ Id }) => Id),
    failed: Failed.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
  };
}

function entriesOf(count: number): SendMessageBatchRequestEntry[] {
  return Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody: `body ${index}` }));
}

const cases: readonly ConformanceCase[] = [
  {
    name: 'ten messages are sent in a batch and received at once',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) => {
      const { sent, failed } = await sendBatch(queue, entriesOf(10));
      const received = new Set<string | undefined>();
      // A receive may give fewer messages than there are.
      while (received.size < 10) {
        const messages = await queue.receive({ MaxNumberOfMessages: 10, WaitTimeSeconds: 5 });
        if (messages.length === 0) break;
        for (const body of bodiesOf(messages)) received.add(body);
      }
      return { sent: sent.length, failed, received: received.size };
    }),
    documented: { sent: 10, failed: [], received: 10 },
  },
  {
    name: 'eleven messages are refused',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) => errorNameOf(sendBatch(queue, entriesOf(11)))),
    documented: 'TooManyEntriesInBatchRequest',
  },
  {
    name: 'an empty batch is refused',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) => errorNameOf(sendBatch(queue, []))),
    documented: 'EmptyBatchRequest',
  },
  {
    name: 'one id twice is refused, and nothing is sent',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) => {
      const error = await errorNameOf(sendBatch(queue, [...entriesOf(1), ...entriesOf(1)]));
      return { error, sent: bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })) };
    }),
    documented: { error: 'BatchEntryIdsNotDistinct', sent: [] },
  },
  {
    name: 'an id with a wrong character is refused',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) => errorNameOf(sendBatch(queue, [{ Id: 'a b', MessageBody: 'x' }]))),
    documented: 'InvalidBatchEntryId',
  },
  {
    name: 'an id of more than 80 characters is refused',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) => errorNameOf(sendBatch(queue, [{ Id: 'a'.repeat(81), MessageBody: 'x' }]))),
    documented: 'InvalidBatchEntryId',
  },
  {
    name: 'a batch of more than 1 MiB is refused, and nothing is sent',
    source: QUOTAS,
    observe: inQueue(async (queue) => {
      const MessageBody = 'x'.repeat(MESSAGE_LIMIT_BYTES / 2 + 1);
      const error = await errorNameOf(
        sendBatch(queue, [
          { Id: 'a', MessageBody },
          { Id: 'b', MessageBody },
        ]),
      );
      return { error, sent: (await queue.receive({ WaitTimeSeconds: 1 })).length };
    }),
    documented: { error: 'BatchRequestTooLong', sent: 0 },
  },
  {
    name: 'one message with a wrong character fails, the others are sent',
    source: 'SendMessageBatch',
    observe: inQueue(async (queue) =>
      sendBatch(queue, [
        { Id: 'good', MessageBody: 'x' },
        { Id: 'bad', MessageBody: 'x\u0000' },
      ]),
    ),
    documented: { sent: ['good'], failed: [['bad', 'InvalidMessageContents', true]] },
    differences: {
      localstack: {
        observed: { sent: ['good'], failed: [['bad', 'InvalidMessageContents', false]] },
        why: 'a failed entry of a batch is not told to be the fault of the sender.',
      },
    },
  },
  {
    name: 'one delete with a wrong receipt handle fails, the others are done',
    source: 'DeleteMessageBatch',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      const { ReceiptHandle } = await queue.receiveNext();
      const { Successful = [], Failed = [] } = await queue.client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queue.url,
          Entries: [
            { Id: 'good', ReceiptHandle },
            { Id: 'bad', ReceiptHandle: 'made-up' },
          ],
        }),
      );
      return { done: Successful.map(({ Id }) => Id), failed: Failed.map(({ Id, Code }) => [Id, Code]) };
    }),
    documented: { done: ['good'], failed: [['bad', 'ReceiptHandleIsInvalid']] },
    differences: {
      embedded: {
        observed: { done: ['good', 'bad'], failed: [] },
        why: 'a delete with a receipt handle that SQS never gave does nothing, without an error.',
      },
    },
  },
  {
    name: 'one change of visibility out of range fails, the others are done',
    source: 'ChangeMessageVisibilityBatch',
    observe: inQueue(async (queue) => {
      await queue.send('a');
      const { ReceiptHandle } = await queue.receiveNext();
      const { Successful = [], Failed = [] } = await queue.client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queue.url,
          Entries: [
            { Id: 'good', ReceiptHandle, VisibilityTimeout: 0 },
            { Id: 'bad', ReceiptHandle, VisibilityTimeout: 43_201 },
          ],
        }),
      );
      return { done: Successful.map(({ Id }) => Id), failed: Failed.map(({ Id, Code }) => [Id, Code]) };
    }),
    documented: { done: ['good'], failed: [['bad', 'InvalidParameterValue']] },
    differences: {
      ministack: {
        observed: { done: ['good', 'bad'], failed: [] },
        why: 'a visibility timeout may be longer than 12 hours.',
      },
      localstack: {
        observed: { done: ['good', 'bad'], failed: [] },
        why: 'a visibility timeout may be longer than 12 hours.',
      },
    },
  },
  {
    name: 'a receive of more than ten messages is refused',
    source: 'ReceiveMessage',
    observe: inQueue(async (queue) => [
      await errorNameOf(queue.receive({ MaxNumberOfMessages: 11 })),
      await errorNameOf(queue.receive({ MaxNumberOfMessages: 0 })),
    ]),
    documented: ['InvalidParameterValue', 'InvalidParameterValue'],
    differences: {
      localstack: { observed: ['InvalidParameterValue', 'accepted'], why: 'a receive of 0 messages is one of 1.' },
    },
  },
];

runCases('SQS: batches and limits', cases);
