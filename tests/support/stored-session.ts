/** Sessions put straight into a deployment's store: at no cost of a password, and with any lifetime. */
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { v7 } from 'uuid';
import { DynamoDbSessions } from '../../shared/adapters/dynamodb-sessions.ts';
import { encodeToken, newSecret } from '../../shared/domain/session-token.ts';
import { keepSecret } from '../../shared/domain/sessions.ts';
import { DeployedStack } from './deployed-stack.ts';

/**
 * Opens a session for a user.
 * @param lifetimeMs below zero for one that has expired
 * @returns its token
 */
export async function openStoredSession(awsEndpoint: string, userId: string, lifetimeMs: number): Promise<string> {
  const { dynamoDb } = new DeployedStack(awsEndpoint);
  const { TableNames = [] } = await dynamoDb.send(new ListTablesCommand());
  const table = TableNames.find((name) => name.includes('PeopleTable'));
  if (table === undefined) throw new Error(`no table of people among ${TableNames.join(', ')}`);
  const [id, secret, now] = [v7(), newSecret(), Date.now()];
  await new DynamoDbSessions(dynamoDb, table).open({
    userId,
    id,
    startedAt: now + Math.min(lifetimeMs, 0) - 60_000,
    sourceHash: '',
    access: [keepSecret(secret, now + lifetimeMs)],
    refresh: undefined,
    ending: undefined,
  });
  return encodeToken({ userId, sessionId: id, secret });
}
