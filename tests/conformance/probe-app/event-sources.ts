/** Queues that are polled by a function, and the table in which it notes what it got. */
import path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { SqsEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import { addOutput } from './add-output.ts';
import { FUNCTIONS_FOLDER } from './probe-function.ts';

/** When messages come again that were not deleted; no shorter than the function may take, as Lambda demands. */
const VISIBILITY_SECONDS = 3;

export function addEventSources(stack: Stack): void {
  const notes = new Table(stack, 'Notes', {
    tableName: 'probe-notes',
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const consumer = new NodejsFunction(stack, 'Consumer', {
    functionName: 'probe-consumer',
    entry: path.join(FUNCTIONS_FOLDER, 'note-records.mjs'),
    runtime: Runtime.NODEJS_24_X,
    timeout: Duration.seconds(VISIBILITY_SECONDS),
    environment: { TABLE_NAME: notes.tableName },
    bundling: { format: OutputFormat.CJS, externalModules: [] },
  });
  notes.grantReadWriteData(consumer);

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
