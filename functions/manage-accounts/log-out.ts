/** Ends the session of a request. */
import { hashParts } from '../../shared/domain/idempotency-key.ts';
import { type Caller, findSession, hasAccess, notSignedIn, type Sessions } from '../../shared/domain/sessions.ts';

/** At once and everywhere: every request's token is checked against what is kept. @throws StoreUnavailableError */
export async function logOut(
  sessions: Sessions,
  { userId, sessionId }: Caller,
  key: string | undefined,
): Promise<void> {
  await sessions.end(userId, sessionId, { how: 'logout', at: Date.now(), keyHash: key && hashKey(sessionId, key) });
}

/**
 * Finds out who repeats a logout that has been made: nobody else may do anything in a session that is over.
 * @throws UnauthorizedError unless the token's session was ended by a logout with this key
 */
export async function findLoggedOut(sessions: Sessions, token: string, key: string): Promise<Caller> {
  const { session, secret } = await findSession(sessions, token);
  if (session.ending?.keyHash !== hashKey(session.id, key) || !hasAccess(session, secret)) throw notSignedIn();
  return { userId: session.userId, sessionId: session.id };
}

function hashKey(sessionId: string, key: string): string {
  return hashParts(['log out', sessionId, key]);
}
