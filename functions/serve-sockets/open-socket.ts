/** Opens a socket for whoever holds an access token. */
import { findAccess, requireStanding, type SessionReader } from '../../shared/domain/sessions.ts';
import { closeSockets, type SocketPorts } from '../../shared/domain/sockets.ts';
import type { SessionThrottle } from '../../shared/runtime/session-throttle.ts';

/** Sockets that a user may have open: what all of them are told is read and sent for each. */
const MAX_SOCKETS = 64;

/**
 * With one too many, the oldest is closed: it may be of a client that is long gone, and nobody is locked out by their own.
 * @throws UnauthorizedError, TooManyRequestsError, StoreUnavailableError
 */
export async function openSocket(
  ports: SocketPorts & { readonly sessions: SessionReader; readonly throttle: SessionThrottle | undefined },
  { id, token }: { id: string; token: string },
): Promise<void> {
  const { sessions, sockets, throttle } = ports;
  const { expiresAt: validUntil, ...caller } = await findAccess(sessions, token);
  await throttle?.take(caller.sessionId);
  const open = await sockets.listOf([caller.userId]);
  const oldestFirst = open.toSorted((one, other) => one.openedAt - other.openedAt);
  await closeSockets(ports, oldestFirst.slice(0, Math.max(0, open.length + 1 - MAX_SOCKETS)));
  await sockets.add({ id, ...caller, openedAt: Date.now(), validUntil });
  try {
    // Whoever ends a session closes its sockets: those that were kept by then. So this one is, or the session still stands.
    await requireStanding(sessions, caller);
  } catch (error) {
    await sockets.remove({ id, userId: caller.userId });
    throw error;
  }
}
