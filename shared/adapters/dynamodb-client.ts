/** The DynamoDB client that the adapters share, and what its errors mean to the domain. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../domain/errors.ts';
import { type JsonService, openJsonWire, readErrorBody, type WireOptions } from './json-wire.ts';

type Item = Record<string, AttributeValue>;

/** Faults that DynamoDB lays at the client's door though a repeat may succeed ("Error handling with DynamoDB"). */
const TEMPORARY = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

const SERVICE: JsonService = {
  name: 'DynamoDB',
  signingName: 'dynamodb',
  target: 'DynamoDB_20120810',
  endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
  readError,
  isTemporary,
};

/**
 * A client whose calls end, one way or the other, within about four seconds. Failures are the SDK's:
 * ConditionalCheckFailedException, else DynamoDBServiceException by its name; without an answer, the network's own error.
 */
export function createDynamoDbClient(
  config: DynamoDBClientConfig = {},
  wire: WireOptions = { timeoutMs: 2_000, maxAttempts: 2 },
): DynamoDBClient {
  const client = new DynamoDBClient({ cacheMiddleware: true, ...config });
  const send = openJsonWire(client.config, SERVICE, wire);
  client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      ({ input }) =>
        send<ServiceOutputTypes>(commandName, input),
    { name: 'jsonWire', step: 'initialize', priority: 'high' },
  );
  return client;
}

function readError(statusCode: number, text: string): DynamoDBServiceException {
  const $metadata = { httpStatusCode: statusCode };
  const { name, message = `DynamoDB answered ${statusCode}`, body } = readErrorBody(text);
  const { Item }: { Item?: Item } = body;
  if (name === 'ConditionalCheckFailedException')
    return new ConditionalCheckFailedException({ message, $metadata, ...(Item && { Item }) });
  return new DynamoDBServiceException({ message, $metadata, name, $fault: statusCode < 500 ? 'client' : 'server' });
}

/** Whether the same request may succeed later. */
function isTemporary(error: unknown): boolean {
  return !(error instanceof DynamoDBServiceException) || error.$fault === 'server' || TEMPORARY.has(error.name);
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
