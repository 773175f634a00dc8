/** Lists a user's sessions, live and over. */
import type { ListedSessionAnswer } from '../../shared/contract/v1/people.ts';
import { type Caller, expiryOf, type Session, type Sessions } from '../../shared/domain/sessions.ts';

/**
 * Newest first.
 * @param page how many, and the id of the session before the first one
 * @returns the id from which the next page goes on, if there is one
 * @throws StoreUnavailableError
 */
export async function listSessions(
  sessions: Sessions,
  { userId, sessionId }: Caller,
  { limit, from }: { readonly limit: number; readonly from?: string | undefined },
): Promise<{ sessions: ListedSessionAnswer[]; next: string | undefined }> {
  // One more, to know whether there is another page.
  const found = await sessions.list(userId, limit + 1, from);
  const page = found.slice(0, limit);
  return {
    sessions: page.map((session) => describeSession(session, sessionId)),
    next: found.length > limit ? page.at(-1)?.id : undefined,
  };
}

function describeSession(session: Session, current: string): ListedSessionAnswer {
  const expiresAt = expiryOf(session);
  const expired = { how: 'expired', at: expiresAt } as const;
  const ending = session.ending ?? (expiresAt <= Date.now() ? expired : undefined);
  return {
    id: session.id,
    started_at: formatTime(session.startedAt),
    expires_at: formatTime(expiresAt),
    ...(ending && { ended_at: formatTime(ending.at), end: ending.how }),
    current: session.id === current,
  };
}

function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
