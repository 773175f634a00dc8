/** Ends one of a user's sessions. */
import { validate as isUuid } from 'uuid';
import { SessionNotFoundError } from '../../shared/domain/errors.ts';
import type { Sessions } from '../../shared/domain/sessions.ts';

/**
 * One that is over already stays as it ended.
 * @throws SessionNotFoundError if the user has never opened such a session; StoreUnavailableError
 */
export async function endSession(sessions: Sessions, userId: string, sessionId: string): Promise<void> {
  const session = isUuid(sessionId) ? await sessions.read(userId, sessionId.toLowerCase()) : undefined;
  if (session === undefined) throw new SessionNotFoundError('the user has opened no such session');
  await sessions.end(userId, session.id, { how: 'ended', at: Date.now(), keyHash: undefined });
}
