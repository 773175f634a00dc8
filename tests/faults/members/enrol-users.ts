/** The users of a run, put straight into the table of people: registering and signing in would cost each two password hashes. */
import { randomUUID } from 'node:crypto';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { v7 } from 'uuid';
import { DynamoDbAccounts } from '../../../shared/adapters/dynamodb-accounts.ts';
import { DynamoDbSessions } from '../../../shared/adapters/dynamodb-sessions.ts';
import { encodeToken, newSecret } from '../../../shared/domain/session-token.ts';
import { keepSecret } from '../../../shared/domain/sessions.ts';
import { connectTo } from '../../support/chat-database.ts';
import { USERS } from './members-wave.ts';

export interface User {
  /** Begins with the user's number, so that reports can be read. */
  readonly id: string;
  readonly name: string;
  /** Of a session. */
  readonly token: string;
}

/** Longer than any run. */
const SESSION_LIFETIME_MS = 24 * 60 * 60 * 1_000;

/** New users, each with a session. */
export async function enrolUsers(dynamoDbEndpoint: string): Promise<User[]> {
  const client = connectTo(dynamoDbEndpoint);
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand());
    const table = TableNames.find((name) => name.includes('PeopleTable'));
    if (table === undefined) throw new Error(`no table of people among ${TableNames.join(', ')}`);
    const accounts = new DynamoDbAccounts(client, table);
    const sessions = new DynamoDbSessions(client, table);
    return await Promise.all(Array.from({ length: USERS }, (_, number) => enrolUser(accounts, sessions, number)));
  } finally {
    client.destroy();
  }
}

async function enrolUser(accounts: DynamoDbAccounts, sessions: DynamoDbSessions, number: number): Promise<User> {
  const userId = randomUUID().replace(/^./, String(number));
  const userName = `user-${userId}`;
  await accounts.add({ userId, userName, passwordRecord: '', registration: undefined }, undefined);
  const [sessionId, secret, now] = [v7(), newSecret(), Date.now()];
  await sessions.open({
    userId,
    id: sessionId,
    startedAt: now,
    sourceHash: '',
    access: [keepSecret(secret, now + SESSION_LIFETIME_MS)],
    refresh: undefined,
    ending: undefined,
  });
  return { id: userId, name: userName, token: encodeToken({ userId, sessionId, secret }) };
}
