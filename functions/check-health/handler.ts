/** Says whether the service is there and its stores answer. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { withTimeout } from '../../shared/adapters/request-timeout.ts';
import * as stream from '../../shared/contract/open-stream-operations.ts';
import * as v1 from '../../shared/contract/v1/health.ts';
import { StoreUnavailableError } from '../../shared/domain/errors.ts';
import { describeError } from '../../shared/runtime/describe-error.ts';
import { ENVIRONMENT, readEnvironment, requireEnvironment } from '../../shared/runtime/environment.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { implement, noSignIn, operationsFunction } from '../../shared/runtime/operations-function.ts';

// Health must be known soon: one attempt, and a store that needs more than a second is not healthy.
const client = new DynamoDBClient({ maxAttempts: 1, requestHandler: withTimeout(1_000) });
// Without the module chats there are no people.
const tables = [requireEnvironment(ENVIRONMENT.chatTable), readEnvironment(ENVIRONMENT.peopleTable)];

export const handler = operationsFunction(noSignIn, [
  implement(stream.checkHealth, async () => {
    try {
      await askStores();
      return { status: 'ok', store: 'ok' } as const;
    } catch (error) {
      logger.warn('the store does not answer', { error: describeError(error) });
      return { status: 'degraded', store: 'unavailable' } as const;
    }
  }),
  implement(v1.ping, () => Promise.resolve({ status: 'ok' } as const)),
  implement(v1.pingDb, async () => {
    await askStores();
    return { status: 'ok' } as const;
  }),
]);

/** @throws StoreUnavailableError unless every table answers */
async function askStores(): Promise<void> {
  try {
    await Promise.all(tables.filter((table) => table !== undefined).map(askTable));
  } catch (cause) {
    throw new StoreUnavailableError('a table does not answer', { cause });
  }
}

/** The item is not there: an answer is all that is asked for. */
async function askTable(TableName: string): Promise<void> {
  await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'health' }, sk: { S: 'check' } } }));
}
