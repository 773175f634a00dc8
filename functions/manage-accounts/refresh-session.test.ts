/** Refresh tokens on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { afterEach, expect, test, vi } from 'vitest';
import { openAccounts, SESSION_LIFETIME_MS } from '../../tests/support/account-ports.ts';
import { UnauthorizedError } from '../../shared/domain/errors.ts';
import { decodeToken, encodeToken, newSecret } from '../../shared/domain/session-token.ts';
import { checkAccess, keepSecret, type Session } from '../../shared/domain/sessions.ts';
import { endSession } from './end-session.ts';
import { listSessions } from './list-sessions.ts';
import { refreshSession } from './refresh-session.ts';
import { encodePair, keepPair, type TokenPair } from './token-pair.ts';

const connect = await openAccounts();
const ports = connect();
afterEach(() => vi.useRealTimers());

const DAY_MS = 24 * 60 * 60 * 1000;

function sessionOf({ access, refresh }: Pick<Session, 'access' | 'refresh'>): Session {
  const ids = { userId: randomUUID(), id: v7() };
  return { ...ids, startedAt: Date.now(), sourceHash: 'home', access, refresh, ending: undefined };
}

/** Opens a session as signing in does, without a password. */
async function openPair(): Promise<TokenPair> {
  const secrets = { access: newSecret(), refresh: newSecret() };
  const { access, refresh } = keepPair(secrets, Date.now(), SESSION_LIFETIME_MS);
  const session = sessionOf({ access: [access], refresh });
  await ports.sessions.open(session);
  return encodePair(session, secrets);
}

async function readSession(token: string): Promise<Session | undefined> {
  const { userId, sessionId } = decodeToken(token)!;
  return ports.sessions.read(userId, sessionId);
}

/** Moves the clock, and nothing else that takes time. */
function passTime(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

const isGood = (accessToken: string): Promise<boolean> =>
  checkAccess(ports.sessions, accessToken).then(
    () => true,
    () => false,
  );

test('a refresh token gets a new pair, and the old access token stays good for its time', async () => {
  const first = await openPair();
  const second = await refreshSession(ports, first.refreshToken);
  expect(new Set([...Object.values(first), ...Object.values(second)]).size).toBe(4);
  expect([await isGood(first.accessToken), await isGood(second.accessToken)]).toEqual([true, true]);
  passTime(SESSION_LIFETIME_MS);
  expect(await isGood(first.accessToken)).toBe(false);
  const third = await refreshSession(ports, second.refreshToken);
  expect(await isGood(third.accessToken)).toBe(true);
});

test('a spent one ends the session with all its tokens', async () => {
  const first = await openPair();
  const second = await refreshSession(ports, first.refreshToken);
  await expect(refreshSession(ports, first.refreshToken)).rejects.toThrow(UnauthorizedError);
  expect([await isGood(first.accessToken), await isGood(second.accessToken)]).toEqual([false, false]);
  await expect(refreshSession(ports, second.refreshToken)).rejects.toThrow(UnauthorizedError);
  expect((await readSession(first.accessToken))?.ending?.how).toBe('token-reused');
});

test('whoever knows a session, or holds an access token of it, cannot end it', async () => {
  const { accessToken, refreshToken } = await openPair();
  const ids = decodeToken(refreshToken)!;
  passTime(SESSION_LIFETIME_MS);
  for (const token of [accessToken, encodeToken({ ...ids, secret: newSecret() })])
    await expect(refreshSession(ports, token)).rejects.toThrow(UnauthorizedError);
  expect(await isGood((await refreshSession(ports, refreshToken)).accessToken)).toBe(true);
});

test('used ten times at once it gets one pair at most, and the session is ended', async () => {
  const { refreshToken } = await openPair();
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => refreshSession(ports, refreshToken)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  expect((await readSession(refreshToken))?.ending?.how).toBe('token-reused');
});

test('the newest four access tokens are good', async () => {
  const pairs = [await openPair()];
  for (let count = 1; count < 6; count++) pairs.push(await refreshSession(ports, pairs.at(-1)!.refreshToken));
  const good = [];
  for (const { accessToken } of pairs) good.push(await isGood(accessToken));
  expect(good).toEqual([false, false, true, true, true, true]);
});

test('access tokens that have expired take no room', async () => {
  const first = await openPair();
  passTime(SESSION_LIFETIME_MS);
  const { accessToken } = await refreshSession(ports, first.refreshToken);
  expect((await readSession(accessToken))?.access).toHaveLength(1);
});

test('it is good for 30 days, and then the session has expired', async () => {
  const [used, unused] = [await openPair(), await openPair()];
  passTime(30 * DAY_MS - 60_000);
  expect(await isGood((await refreshSession(ports, used.refreshToken)).accessToken)).toBe(true);
  passTime(60_000);
  await expect(refreshSession(ports, unused.refreshToken)).rejects.toThrow(UnauthorizedError);
  const { userId, sessionId } = decodeToken(unused.refreshToken)!;
  const { sessions } = await listSessions(ports.sessions, { userId, sessionId: v7() }, { limit: 10 });
  expect(sessions).toMatchObject([{ id: sessionId, end: 'expired' }]);
  expect(sessions[0]?.ended_at).toBe(sessions[0]?.expires_at);
});

test('what is no refresh token of a session is refused, and a session that has none goes on', async () => {
  const secret = newSecret();
  const session = sessionOf({ access: [keepSecret(secret, Date.now() + DAY_MS)], refresh: undefined });
  await ports.sessions.open(session);
  const token = encodeToken({ userId: session.userId, sessionId: session.id, secret });
  for (const wrong of ['', 'no token', encodeToken({ userId: randomUUID(), sessionId: v7(), secret }), token])
    await expect(refreshSession(ports, wrong)).rejects.toThrow(UnauthorizedError);
  expect(await isGood(token)).toBe(true);
});

test('a session that was ended cannot be refreshed', async () => {
  const { refreshToken, accessToken } = await openPair();
  const { userId, sessionId } = decodeToken(refreshToken)!;
  await endSession(ports.sessions, userId, sessionId);
  await expect(refreshSession(ports, refreshToken)).rejects.toThrow(UnauthorizedError);
  expect((await readSession(accessToken))?.ending?.how).toBe('ended');
});
