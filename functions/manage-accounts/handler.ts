/** People and their sessions: registering, signing in and out, and finding somebody. */
import { DynamoDbAccounts } from '../../shared/adapters/dynamodb-accounts.ts';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb-client.ts';
import { DynamoDbFailures } from '../../shared/adapters/dynamodb-failures.ts';
import { DynamoDbPeople } from '../../shared/adapters/dynamodb-people.ts';
import * as counters from '../../shared/contract/counters/people.ts';
import * as v1 from '../../shared/contract/v1/people.ts';
import { ConflictError, UnauthorizedError } from '../../shared/domain/errors.ts';
import { createAuthenticate, readToken } from '../../shared/runtime/authenticate.ts';
import { findSocketPorts } from '../../shared/runtime/create-live-feed.ts';
import { ENVIRONMENT, requireEnvironment } from '../../shared/runtime/environment.ts';
import { type Authenticate, implement, operationsFunction } from '../../shared/runtime/operations-function.ts';
import { RequestError } from '../../shared/runtime/request-error.ts';
import { endSession } from './end-session.ts';
import { findUser } from './find-user.ts';
import { HashingQueue } from './hashing-queue.ts';
import { listSessions } from './list-sessions.ts';
import { logIn } from './log-in.ts';
import { findLoggedOut, logOut } from './log-out.ts';
import { refreshSession } from './refresh-session.ts';
import { registerUser } from './register-user.ts';
import { signIn } from './sign-in.ts';
import { SocketClosingSessions } from './socket-closing-sessions.ts';
import type { TokenPair } from './token-pair.ts';

const dynamoDb = createDynamoDbClient();
const table = requireEnvironment(ENVIRONMENT.peopleTable);
const people = new DynamoDbPeople(dynamoDb, table);
const sessions = new SocketClosingSessions(dynamoDb, table, findSocketPorts(dynamoDb));
const ports = {
  accounts: new DynamoDbAccounts(dynamoDb, table),
  sessions,
  failures: new DynamoDbFailures(dynamoDb, table),
  hashing: new HashingQueue(),
  lifetimeMs: Number(requireEnvironment(ENVIRONMENT.sessionLifetimeMinutes)) * 60_000,
};
const tokenType = requireEnvironment(ENVIRONMENT.tokenType);
const authenticate = createAuthenticate(dynamoDb);

/** A logout's own repeat comes with a token that is dead by then. */
const authenticateLogOut: Authenticate = async (authorization, surface, key) => {
  try {
    return await authenticate(authorization, surface, key);
  } catch (error) {
    if (key === undefined || !(error instanceof UnauthorizedError)) throw error;
    return findLoggedOut(sessions, readToken(authorization, surface, tokenType), key);
  }
};

export const handler = operationsFunction(authenticate, [
  implement(v1.register, async ({ body: { user_name: userName, password }, idempotencyKey: key, sourceAddress }) => ({
    user_id: await registerUser(ports, { userName, password, key, sourceAddress }),
  })),
  implement(v1.logIn, async ({ body: { user_name: userName, password }, idempotencyKey: key, sourceAddress }) => ({
    session_id: await logIn(ports, { userName, password, key, sourceAddress }),
  })),
  implement(
    v1.logOut,
    async ({ caller, idempotencyKey }) => {
      await logOut(sessions, caller, idempotencyKey);
      return {};
    },
    authenticateLogOut,
  ),
  implement(v1.findUser, async ({ query }) => {
    const { userId, userName } = await findUser(people, query.user_name);
    return { user_id: userId, user_name: userName };
  }),
  implement(v1.listSessions, async ({ caller, query }) => {
    const { sessions: page, next } = await listSessions(sessions, caller, query);
    return { sessions: page, ...(next !== undefined && { next: { iterator: next } }) };
  }),
  implement(v1.endSession, async ({ caller, path }) => {
    await endSession(sessions, caller.userId, path.id);
    return undefined;
  }),
  implement(counters.signUp, async ({ body, idempotencyKey: key, sourceAddress }) => {
    const { email: userName, password, ...profile } = body;
    try {
      await registerUser(ports, { userName, password, profile, key, sourceAddress });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      throw new RequestError(400, [{ location: ['body', 'email'], message: 'is taken', type: 'taken' }]);
    }
    return {};
  }),
  implement(counters.signIn, async ({ body: { email: userName, password }, idempotencyKey: key, sourceAddress }) =>
    describePair(await signIn(ports, { userName, password, key, sourceAddress })),
  ),
  implement(counters.refreshToken, async ({ body }) => describePair(await refreshSession(ports, body.refresh_token))),
  implement(counters.getByEmail, async ({ query }) => ({ user_id: (await findUser(people, query.email)).userId })),
]);

function describePair({ accessToken, refreshToken }: TokenPair): { access_token: string; refresh_token: string } {
  return { access_token: accessToken, refresh_token: refreshToken };
}
