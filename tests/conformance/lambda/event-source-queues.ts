/** Sends messages to the queues of the probe app and tells what becomes of them. */
import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { Engine } from '../conformance-case.ts';
import { readRecords } from './event-source-notes.ts';

/** Sends messages of a new case, and waits until their records were noted that often. */
export async function sendAndNote(
  engine: Engine,
  queue: string,
  messages: readonly object[],
  recordCount: number,
  entry: Partial<SendMessageBatchRequestEntry> = {},
): Promise<SQSRecord[][]> {
  const name = crypto.randomUUID();
  await engine.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: engine.outputs[`${queue}QueueUrl`],
      Entries: messages.map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify({ case: name, ...message }),
        ...entry,
      })),
    }),
  );
  return readRecords(engine, name, recordCount);
}

/** The text of each record with how often it was received, `a1`. */
export function listReceipts(events: readonly (readonly SQSRecord[])[]): string[] {
  return events.flat().map(({ body, attributes }) => JSON.parse(body).text + attributes.ApproximateReceiveCount);
}

/** Whether a queue is empty in the end, also of messages that someone has received and not deleted. */
export async function becomesEmpty({ sqs, outputs }: Engine, queue: string): Promise<boolean> {
  const endAt = Date.now() + 10_000;
  for (;;) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: outputs[`${queue}QueueUrl`], AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: received } = Attributes;
    if (waiting === '0' && received === '0') return true;
    if (Date.now() > endAt) return false;
    await delay(200);
  }
}
