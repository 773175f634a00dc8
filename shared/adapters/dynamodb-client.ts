/** The DynamoDB client that the adapters share, and what its errors mean to the domain. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import type { Head } from '../domain/chat-head.ts';
import { withTimeout } from './request-timeout.ts';
import { HeadMovedError, StoreUnavailableError } from '../domain/errors.ts';

type Item = Record<string, AttributeValue>;

/** Faults that DynamoDB lays at the client's door though a repeat may succeed. */
const TEMPORARY = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/** A client whose calls end, one way or the other, within about four seconds. */
export function createDynamoDbClient(): DynamoDBClient {
  const client = new DynamoDBClient({ maxAttempts: 2, cacheMiddleware: true, requestHandler: withTimeout(2_000) });
  // It renders every request and answer, also when nobody logs them: a fifth of a call's processor time.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/**
 * Awaits a call and turns its failure into the domain's terms.
 * @param decodeHead reads the item that a failed condition was checked on, where the call asks for it
 * @throws HeadMovedError for a failed condition, and for an item that would grow beyond what DynamoDB takes: until
 *   something leaves it, which moves its epoch, it never will
 * @throws StoreUnavailableError if there was no answer, a throttle or a fault of the store's
 */
export async function translateErrors<T>(call: Promise<T>, decodeHead?: (item: Item) => Head): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      const head = error.Item === undefined ? undefined : decodeHead?.(error.Item);
      throw new HeadMovedError('the condition of a write did not hold', { cause: error, ...(head && { head }) });
    }
    if (isItemTooLarge(error)) throw new HeadMovedError('the head has grown to the limit of an item', { cause: error });
    if (error instanceof DynamoDBServiceException && error.$fault === 'client' && !TEMPORARY.has(error.name))
      throw error;
    throw new StoreUnavailableError('DynamoDB did not answer', { cause: error });
  }
}

function isItemTooLarge(error: unknown): boolean {
  return (
    error instanceof DynamoDBServiceException &&
    error.name === 'ValidationException' &&
    error.message.startsWith('Item size')
  );
}
