/** The DynamoDB client that the adapters share, and what its errors mean to the domain. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../domain/errors.ts';
import { isTemporary, sendOverJsonWire, type WireOptions } from './dynamodb-wire.ts';

type Item = Record<string, AttributeValue>;

/** A client whose calls end, one way or the other, within about four seconds. */
export function createDynamoDbClient(
  config: DynamoDBClientConfig = {},
  wire: WireOptions = { timeoutMs: 2_000, maxAttempts: 2 },
): DynamoDBClient {
  const client = new DynamoDBClient({ cacheMiddleware: true, ...config });
  sendOverJsonWire(client, wire);
  return client;
}

/** The condition of a write did not hold, or the item would have become larger than DynamoDB takes. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
  /** The item that refused the write, where the call asked for it. */
  readonly item: Item | undefined;

  constructor(message: string, item?: Item) {
    super(message);
    this.item = item;
  }
}

/**
 * Awaits a call and turns its failure into terms that its caller can act on.
 * @throws WriteRefusedError, StoreUnavailableError if there was no answer, a throttle or a fault of the store's
 */
export async function translateErrors<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    // Without the error as a cause: it carries the item, which no log may show.
    if (error instanceof ConditionalCheckFailedException) throw new WriteRefusedError('a condition failed', error.Item);
    if (isItemTooLarge(error)) throw new WriteRefusedError('the item would be too large');
    if (!isTemporary(error)) throw error;
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
