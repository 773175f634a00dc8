/** What the use cases of accounts work on, over a real local DynamoDB: as one execution environment has it. */
import { DynamoDbAccounts } from '../../shared/adapters/dynamodb-accounts.ts';
import { DynamoDbFailures } from '../../shared/adapters/dynamodb-failures.ts';
import { DynamoDbSessions } from '../../shared/adapters/dynamodb-sessions.ts';
import { HashingQueue } from '../../functions/manage-accounts/hashing-queue.ts';
import { CHAT_TABLE, type ChatDatabase, connectTo } from './chat-database.ts';

export const SESSION_LIFETIME_MS = 3_600_000;

export function connectAccounts({ endpoint }: ChatDatabase) {
  const client = connectTo(endpoint);
  return {
    accounts: new DynamoDbAccounts(client, CHAT_TABLE),
    sessions: new DynamoDbSessions(client, CHAT_TABLE),
    failures: new DynamoDbFailures(client, CHAT_TABLE),
    hashing: new HashingQueue(),
    lifetimeMs: SESSION_LIFETIME_MS,
  };
}
