/** Exchanges a refresh token for a new pair. */
import { UnauthorizedError } from '../../shared/domain/errors.ts';
import { familyOf, matchesHash, newSecret, renewSecret } from '../../shared/domain/session-token.ts';
import { findSession, notSignedIn, type Sessions } from '../../shared/domain/sessions.ts';
import { encodePair, keepPair, type TokenPair } from './token-pair.ts';

/** Access tokens of one session that are good at the same time; a new one takes the place of the oldest. */
const MAX_ACCESS_SECRETS = 4;

/**
 * The old refresh token is spent with this; access tokens stay good for their time. Where a spent one is presented,
 * somebody has a copy, and as nobody can tell who, the session is ended with all its tokens (RFC 9700, "Refresh Token
 * Protection"). One that was never issued for the session changes nothing.
 * @throws UnauthorizedError, StoreUnavailableError
 */
export async function refreshSession(
  { sessions, lifetimeMs }: { readonly sessions: Sessions; readonly lifetimeMs: number },
  refreshToken: string,
): Promise<TokenPair> {
  const now = Date.now();
  const { session, secret } = await findSession(sessions, refreshToken);
  if (session.refresh === undefined || session.ending !== undefined || session.refresh.expiresAt <= now)
    throw notSignedIn();
  if (!matchesHash(familyOf(secret), session.refresh.familyHash)) throw notSignedIn();

  const secrets = { access: newSecret(), refresh: renewSecret(secret) };
  const { access, refresh } = keepPair(secrets, now, lifetimeMs);
  const good = session.access.filter(({ expiresAt }) => now < expiresAt).slice(1 - MAX_ACCESS_SECRETS);
  const rotated = { ...session, access: [...good, access], refresh };
  const isCurrent = matchesHash(secret, session.refresh.hash);
  if (isCurrent && (await sessions.rotate(rotated, session.refresh.hash))) return encodePair(session, secrets);

  await sessions.end(session.userId, session.id, { how: 'token-reused', at: now, keyHash: undefined });
  throw new UnauthorizedError('the refresh token was used before, so its session is ended: sign in');
}
