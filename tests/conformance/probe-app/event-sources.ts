/** Queues that are polled by a function, which notes what it got. */
import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { SqsEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import { addOutput } from './add-output.ts';
import { addNotingFunction } from './notes.ts';

/** When messages come again that were not deleted; no shorter than the function may take, as Lambda demands. */
const VISIBILITY_SECONDS = 3;

/** @param notes where the function notes what it got */
export function addEventSources(stack: Stack, notes: Table): void {
  const consumer = addNotingFunction(notes, 'Consumer', 'note-records.mjs', {
    timeout: Duration.seconds(VISIBILITY_SECONDS),
  });
  const deadLetters = addQueue(stack, 'DeadLetters');
  const addSource = (name: string, source: SqsEventSourceProps, queue: QueueProps = {}): void =>
    consumer.addEventSource(new SqsEventSource(addQueue(stack, name, queue), source));
  addSource('Records', { batchSize: 10 });
  addSource('Batches', { batchSize: 2 });
  addSource('Failing', { batchSize: 10 });
  addSource('Poison', { batchSize: 1 }, { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 } });
  addSource('Partial', { batchSize: 10, reportBatchItemFailures: true });
  addSource('PartialUnknown', { batchSize: 10, reportBatchItemFailures: true });
  addSource('Disabled', { batchSize: 10, enabled: false });
  const fifo = { fifo: true, contentBasedDeduplication: true };
  addSource('Fifo', { batchSize: 2 }, fifo);
  addSource('FailingFifo', { batchSize: 1 }, fifo);
}

function addQueue(stack: Stack, name: string, props: QueueProps = {}): Queue {
  const queue = new Queue(stack, `${name}Queue`, { visibilityTimeout: Duration.seconds(VISIBILITY_SECONDS), ...props });
  addOutput(stack, `${name}QueueUrl`, queue.queueUrl);
  return queue;
}
