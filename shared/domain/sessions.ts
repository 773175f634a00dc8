/** Sessions: what is kept of each, who may act in one, and the ports to where they are kept. */
import { UnauthorizedError } from './errors.ts';
import { decodeToken, familyOf, hashSecret, matchesHash } from './session-token.ts';

/** Whoever a request comes from. */
export interface Caller {
  readonly userId: string;
  readonly sessionId: string;
}

/** Who calls, and for how long the token that says so is good. */
export interface Access extends Caller {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A secret as it is kept: by its hash, and for a time. */
export interface KeptSecret {
  /** See hashSecret. */
  readonly hash: string;
  /** Milliseconds since 1970 from which on it opens nothing. */
  readonly expiresAt: number;
}

/** A refresh secret as it is kept. */
export interface KeptRefreshSecret extends KeptSecret {
  /** Of the part that all refresh secrets of the session share (see familyOf). */
  readonly familyHash: string;
}

/** How somebody, or something, ended a session before its time. */
export const SESSION_ENDS = ['logout', 'ended', 'token-reused'] as const;

export type SessionEnd = (typeof SESSION_ENDS)[number];

export interface SessionEnding {
  readonly how: SessionEnd;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Hash of the idempotency key of the request that ended it. */
  readonly keyHash: string | undefined;
}

/** One session, for good: it ends, but what is known of it stays. */
export interface Session {
  readonly userId: string;
  /** A UUID of version 7: in the order in which sessions were opened. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Stands for the network that it was opened from (see failure-limits.ts). */
  readonly sourceHash: string;
  /** Secrets that authorise requests, oldest first. */
  readonly access: readonly KeptSecret[];
  /** The one secret that gets the next pair; undefined in a session that cannot be refreshed. */
  readonly refresh: KeptRefreshSecret | undefined;
  readonly ending: SessionEnding | undefined;
}

/** Every read is consistent. @throws StoreUnavailableError (all methods) */
export interface SessionReader {
  read(userId: string, sessionId: string): Promise<Session | undefined>;
}

/** No session is ever deleted. */
export interface Sessions extends SessionReader {
  /** Keeps a new session; one that is kept under its id already stays as it is. */
  open(session: Session): Promise<void>;
  /**
   * The session that an idempotency key of a user stands for, for a day.
   * @returns `sessionId`, or the id that the key was given before
   */
  claimKey(userId: string, keyHash: string, sessionId: string): Promise<string>;
  /** Keeps a session's new secrets if its refresh secret is still the one with this hash and it has not been ended; tells whether. */
  rotate(session: Session, refreshHash: string): Promise<boolean>;
  /** Ends a session, once: whoever ended it first, or its time, stands. */
  end(userId: string, sessionId: string, ending: SessionEnding): Promise<void>;
  /** A user's sessions, newest first, from the one that was opened before session `before` on. */
  list(userId: string, count: number, before?: string): Promise<Session[]>;
  /** Whether one of the user's newest hundred sessions was opened from this source. */
  knowsSource(userId: string, sourceHash: string): Promise<boolean>;
}

/** A new secret as it is kept. */
export function keepSecret(secret: Buffer, expiresAt: number): KeptSecret {
  return { hash: hashSecret(secret), expiresAt };
}

/** A new refresh secret as it is kept. */
export function keepRefreshSecret(secret: Buffer, expiresAt: number): KeptRefreshSecret {
  return { ...keepSecret(secret, expiresAt), familyHash: hashSecret(familyOf(secret)) };
}

/** When a session ends unless somebody ends it, or refreshes it: milliseconds since 1970. */
export function expiryOf({ access, refresh }: Pick<Session, 'access' | 'refresh'>): number {
  return Math.max(...access.map(({ expiresAt }) => expiresAt), refresh?.expiresAt ?? 0);
}

/**
 * The session that a token names, and the secret that it presents, which may or may not be one of the session's.
 * @throws UnauthorizedError if the token is malformed or there is no such session; StoreUnavailableError
 */
export async function findSession(
  sessions: SessionReader,
  token: string,
): Promise<{ readonly session: Session; readonly secret: Buffer }> {
  const presented = decodeToken(token);
  if (presented === undefined) throw notSignedIn();
  const session = await sessions.read(presented.userId, presented.sessionId);
  if (session === undefined) throw notSignedIn();
  return { session, secret: presented.secret };
}

/**
 * Finds out who holds an access token. What the store knows at that moment decides, so that a session which was ended
 * anywhere is over everywhere.
 * @throws UnauthorizedError if it is malformed, unknown, expired, or its session has been ended; StoreUnavailableError
 */
export async function checkAccess(sessions: SessionReader, token: string): Promise<Caller> {
  const { userId, sessionId } = await findAccess(sessions, token);
  return { userId, sessionId };
}

/** The same, with how long the token is good. @throws as checkAccess */
export async function findAccess(sessions: SessionReader, token: string): Promise<Access> {
  const { session, secret } = await findSession(sessions, token);
  const kept = findKept(session, secret);
  if (session.ending !== undefined || kept === undefined) throw notSignedIn();
  return { userId: session.userId, sessionId: session.id, expiresAt: kept.expiresAt };
}

/**
 * Finds out whether a session that was found before still stands.
 * @throws UnauthorizedError if it has been ended; StoreUnavailableError
 */
export async function requireStanding(sessions: SessionReader, { userId, sessionId }: Caller): Promise<void> {
  const session = await sessions.read(userId, sessionId);
  if (session === undefined || session.ending !== undefined) throw notSignedIn();
}

/** The same for every token that is not good, so that it tells nothing of why. */
export function notSignedIn(): UnauthorizedError {
  return new UnauthorizedError('there is no such session, or it is over: sign in');
}

/** Whether the secret is one of a session's access secrets and has time left; it says nothing of a session's ending. */
export function hasAccess(session: Session, secret: Buffer): boolean {
  return findKept(session, secret) !== undefined;
}

function findKept({ access }: Session, secret: Buffer): KeptSecret | undefined {
  const now = Date.now();
  return access.find(({ hash, expiresAt }) => matchesHash(secret, hash) && now < expiresAt);
}
