/** The event source mapping of an SQS queue: polls the queue and invokes a function with what comes. */
import { setTimeout as delay } from 'node:timers/promises';
import { DeleteMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { readBatchItemFailures } from './batch-item-failures.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { receiveBatch } from './sqs-batch-receiver.ts';
import { createSqsEvents, createSqsRecord } from './sqs-event.ts';
import type { LambdaService } from '../lambda/lambda-service.ts';

/** The largest event that Lambda invokes a function with. */
const EVENT_LIMIT_BYTES = 6_291_456;
const MAX_DELETES_PER_CALL = 10;
const FIRST_RETRY_DELAY_MS = 100;
const MAX_RETRY_DELAY_MS = 5_000;
const STOP_GRACE_MS = 2_000;

export interface SqsEventSourceOptions {
  queueUrl: string;
  queueArn: string;
  functionName: string;
  /** How many messages an event has at most: up to 10,000, of a FIFO queue up to 10. */
  batchSize: number;
  /** How long to gather messages after the first one; a FIFO queue has no window. */
  maximumBatchingWindowSeconds: number;
  /** How many events the function handles at the same time. */
  maximumConcurrency: number;
  /** Whether the function answers which messages failed; without it, an answer means that all succeeded. */
  reportBatchItemFailures: boolean;
  sqsEndpoint: string;
  region: string;
}

export interface SqsEventSource {
  /** Ends the polling at once and waits up to two seconds for events in flight. */
  stop: () => Promise<void>;
}

/**
 * Starts polling. Messages are deleted once the function succeeded; those it failed come back after the visibility
 * timeout of the queue, whose redrive policy moves them on. The order in a FIFO queue holds, as SQS gives no further
 * messages of a group while some of it are in flight. Throws if the options are not those of AWS (page "Lambda
 * parameters for Amazon SQS event source mappings").
 */
export function startSqsEventSource(
  options: SqsEventSourceOptions,
  lambda: Pick<LambdaService, 'invoke'>,
): SqsEventSource {
  checkOptions(options);
  const { maximumConcurrency, sqsEndpoint, region } = options;
  const client = new SQSClient({
    endpoint: sqsEndpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stopping = new AbortController();
  const places = new ConcurrencyLimit(maximumConcurrency);
  const inFlight = new Set<Promise<void>>();
  const polling = pollUntilAborted(stopping.signal, options.queueArn, async () => {
    await places.acquire();
    try {
      const batch = await receiveRecords(client, options, stopping.signal);
      const work = handleRecords(client, options, lambda, batch);
      inFlight.add(work);
      void work.finally(() => {
        inFlight.delete(work);
        places.release();
      });
    } catch (error) {
      places.release();
      throw error;
    }
  });
  return {
    async stop() {
      stopping.abort();
      const lastWork = polling.then(() => Promise.all(inFlight));
      await Promise.race([lastWork, delay(STOP_GRACE_MS, undefined, { ref: false })]);
      client.destroy();
    },
  };
}

function checkOptions({ queueArn, batchSize, maximumBatchingWindowSeconds }: SqsEventSourceOptions): void {
  const isFifo = queueArn.endsWith('.fifo');
  const maxBatchSize = isFifo ? 10 : 10_000;
  if (batchSize < 1 || batchSize > maxBatchSize) {
    throw new Error(`The batch size for ${queueArn} is ${batchSize}; it must be 1 to ${maxBatchSize}`);
  }
  if (isFifo && maximumBatchingWindowSeconds > 0) {
    throw new Error(`${queueArn} is a FIFO queue and has no batching window; set the window to 0 seconds`);
  }
  if (batchSize > 10 && maximumBatchingWindowSeconds < 1) {
    throw new Error(
      `The batch size for ${queueArn} is ${batchSize}; above 10 it needs a batching window of 1 second or more`,
    );
  }
}

/** Repeats `poll`; after an error it waits, longer each time until a poll succeeds. */
async function pollUntilAborted(signal: AbortSignal, queueArn: string, poll: () => Promise<void>): Promise<void> {
  let retryDelayMs = FIRST_RETRY_DELAY_MS;
  while (!signal.aborted) {
    try {
      await poll();
      retryDelayMs = FIRST_RETRY_DELAY_MS;
    } catch (error) {
      if (signal.aborted) return;
      console.warn(`Polling ${queueArn} failed (${String(error)}); trying again in ${retryDelayMs} ms`);
      await delay(retryDelayMs, undefined, { signal, ref: false }).catch(() => undefined);
      retryDelayMs = Math.min(retryDelayMs * 2, MAX_RETRY_DELAY_MS);
    }
  }
}

async function receiveRecords(
  client: SQSClient,
  options: SqsEventSourceOptions,
  abortSignal: AbortSignal,
): Promise<SQSRecord[]> {
  const messages = await receiveBatch({ ...options, client, abortSignal, limitBytes: EVENT_LIMIT_BYTES });
  return messages.map((message) => createSqsRecord(message, options));
}

/** Never rejects: what is not deleted comes back. */
async function handleRecords(
  client: SQSClient,
  options: SqsEventSourceOptions,
  lambda: Pick<LambdaService, 'invoke'>,
  received: SQSRecord[],
): Promise<void> {
  try {
    for (const { records, payload } of createSqsEvents(received, EVENT_LIMIT_BYTES)) {
      const succeeded = await invokeWithRecords(options, lambda, records, payload);
      await deleteMessages(client, options.queueUrl, succeeded);
      // Later records of the same group must not overtake failed ones.
      if (succeeded.length < records.length) return;
    }
  } catch (error) {
    console.warn(`A batch of ${options.queueArn} was not handled (${String(error)}); its messages come back`);
  }
}

/** Returns the records that the function handled. */
async function invokeWithRecords(
  { functionName, reportBatchItemFailures }: SqsEventSourceOptions,
  lambda: Pick<LambdaService, 'invoke'>,
  records: SQSRecord[],
  payload: string,
): Promise<SQSRecord[]> {
  const result = await lambda.invoke(functionName, payload);
  if (result.functionError !== undefined) return [];
  if (!reportBatchItemFailures) return records;
  const failed = readBatchItemFailures(result.payload, new Set(records.map(({ messageId }) => messageId)));
  return failed === 'all' ? [] : records.filter(({ messageId }) => !failed.has(messageId));
}

async function deleteMessages(client: SQSClient, queueUrl: string, records: SQSRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += MAX_DELETES_PER_CALL) {
    const entries = records
      .slice(start, start + MAX_DELETES_PER_CALL)
      .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    if (Failed.length > 0) console.warn(`${Failed.length} messages of ${queueUrl} could not be deleted and come again`);
  }
}
