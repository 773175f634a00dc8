/** What the use cases of accounts work on, over a real local DynamoDB: as one execution environment has it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll } from 'vitest';
import { DynamoDbAccounts } from '../../shared/adapters/dynamodb-accounts.ts';
import { DynamoDbFailures } from '../../shared/adapters/dynamodb-failures.ts';
import { DynamoDbSessions } from '../../shared/adapters/dynamodb-sessions.ts';
import { HashingQueue } from '../../functions/manage-accounts/hashing-queue.ts';
import { CHAT_TABLE, connectTo, startChatDatabase } from './chat-database.ts';

export const SESSION_LIFETIME_MS = 3_600_000;

/**
 * Starts a database, which stands until the test file ends.
 * @returns what connects an execution environment to it
 */
export async function openAccounts() {
  const database = await startChatDatabase();
  afterAll(() => database.stop());
  return () => connectAccounts(connectTo(database.endpoint));
}

function connectAccounts(client: DynamoDBClient) {
  return {
    accounts: new DynamoDbAccounts(client, CHAT_TABLE),
    sessions: new DynamoDbSessions(client, CHAT_TABLE),
    failures: new DynamoDbFailures(client, CHAT_TABLE),
    hashing: new HashingQueue(),
    lifetimeMs: SESSION_LIFETIME_MS,
  };
}
