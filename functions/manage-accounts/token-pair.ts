/** A pair of tokens: one that authorises, and one that gets the next pair. */
import { encodeToken } from '../../shared/domain/session-token.ts';
import {
  keepRefreshSecret,
  keepSecret,
  type KeptRefreshSecret,
  type KeptSecret,
  type Session,
} from '../../shared/domain/sessions.ts';

/** How long a refresh token may stay unused: 30 days. */
const REFRESH_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface SecretPair {
  readonly access: Buffer;
  readonly refresh: Buffer;
}

/** The pair as it is kept from `now` on. */
export function keepPair(
  secrets: SecretPair,
  now: number,
  lifetimeMs: number,
): { access: KeptSecret; refresh: KeptRefreshSecret } {
  return {
    access: keepSecret(secrets.access, now + lifetimeMs),
    refresh: keepRefreshSecret(secrets.refresh, now + REFRESH_LIFETIME_MS),
  };
}

/** The pair as its client gets it. */
export function encodePair({ userId, id }: Pick<Session, 'userId' | 'id'>, secrets: SecretPair): TokenPair {
  return {
    accessToken: encodeToken({ userId, sessionId: id, secret: secrets.access }),
    refreshToken: encodeToken({ userId, sessionId: id, secret: secrets.refresh }),
  };
}
