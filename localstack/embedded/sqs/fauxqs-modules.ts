// The parts of the npm package `fauxqs` that it does not export, typed by what it does export.
import type { BuildAppOptions } from 'fauxqs';

/** Where fauxqs keeps its queues, topics and buckets. */
export type FauxqsStores = NonNullable<BuildAppOptions['stores']>;
export type SqsStore = FauxqsStores['sqsStore'];
export type SqsQueue = NonNullable<ReturnType<SqsStore['getQueue']>>;

/** What all queues do. */
export type QueueMethods = {
  [Name in CorrectedMethod]: (this: SqsQueue, ...parameters: Parameters<SqsQueue[Name]>) => ReturnType<SqsQueue[Name]>;
} & {
  dequeueFifo: (
    this: SqsQueue,
    count: number,
    visibilityTimeout: number | undefined,
    findQueue: (arn: string) => SqsQueue | undefined,
  ) => ReturnType<SqsQueue['dequeue']>;
};
type CorrectedMethod = 'changeVisibility' | 'deleteMessage' | 'dequeue' | 'getAllAttributes' | 'processTimers';

/** The SQLite database that fauxqs writes every change of a queue to. */
export type Persistence = NonNullable<SqsStore['persistence']>;

export interface FauxqsModules {
  SqsStore: new () => SqsStore;
  SqsQueue: { prototype: QueueMethods };
  SqsError: { prototype: { queryCode: string; senderFault: boolean; readonly queryErrorHeader: string } };
  INVALID_MESSAGE_BODY_CHAR: RegExp;
  VALID_BATCH_ENTRY_ID: RegExp;
  SnsStore: new () => FauxqsStores['snsStore'];
  S3Store: new () => FauxqsStores['s3Store'];
  PersistenceManager: new (dataFolder: string) => Persistence;
  DEFAULT_QUEUE_ATTRIBUTES: Record<string, string>;
  /** Throws a `QueueError` on an attribute out of SQS's range. */
  validateQueueAttributes: (
    attributes: Record<string, string>,
    QueueError: new (code: string, message: string) => Error,
  ) => void;
}

/**
 * Loads them by file: `startFauxqs`, which would make them, listens on all interfaces and gives none of them out.
 * Rejects if another version of fauxqs has them elsewhere.
 */
export async function loadFauxqsModules(): Promise<FauxqsModules> {
  const main = import.meta.resolve('fauxqs');
  const files = [
    'sqs/sqsStore.js',
    'sqs/sqsTypes.js',
    'common/errors.js',
    'sns/snsStore.js',
    's3/s3Store.js',
    'persistence.js',
  ];
  const modules = await Promise.all(files.map((file) => import(new URL(file, main).href)));
  return Object.assign({}, ...modules);
}
