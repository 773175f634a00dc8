/** Sessions as both surfaces open them, on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAccounts, SESSION_LIFETIME_MS } from '../../tests/support/account-ports.ts';
import { UnauthorizedError } from '../../shared/domain/errors.ts';
import { decodeToken } from '../../shared/domain/session-token.ts';
import { checkAccess } from '../../shared/domain/sessions.ts';
import { logIn } from './log-in.ts';
import { findLoggedOut, logOut } from './log-out.ts';
import { registerUser } from './register-user.ts';
import { signIn } from './sign-in.ts';

const connect = await openAccounts();
const ports = connect();
const attempt = {
  userName: `ann ${randomUUID()}`,
  password: 'correct horse',
  sourceAddress: '203.0.113.7',
  key: undefined,
};
const userId = await registerUser(ports, attempt);

describe('signing in', { timeout: 60_000 }, () => {
  test('opens a session of its own each time', async () => {
    const [one, other] = [await logIn(ports, attempt), await logIn(ports, attempt)];
    expect(one).not.toBe(other);
    expect((await checkAccess(ports.sessions, one)).userId).toBe(userId);
    expect((await checkAccess(ports.sessions, other)).userId).toBe(userId);
  });

  test('keeps no token, and a session lasts as long as it is to', async () => {
    const before = Date.now();
    const token = await logIn(ports, attempt);
    const session = await ports.sessions.read(userId, decodeToken(token)!.sessionId);
    expect(JSON.stringify(session)).not.toContain(decodeToken(token)!.secret.toString('base64url'));
    const { expiresAt } = session!.access[0]!;
    expect(expiresAt).toBeGreaterThanOrEqual(before + SESSION_LIFETIME_MS);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + SESSION_LIFETIME_MS);
  });

  test('at counters gives a refresh token that authorises nothing', async () => {
    const { accessToken, refreshToken } = await signIn(ports, attempt);
    expect((await checkAccess(ports.sessions, accessToken)).userId).toBe(userId);
    await expect(checkAccess(ports.sessions, refreshToken)).rejects.toThrow(UnauthorizedError);
  });
});

describe('with an idempotency key', { timeout: 60_000 }, () => {
  test('repeats in any environment get the same session, also after its end', async () => {
    const keyed = { ...attempt, key: randomUUID() };
    const first = await logIn(ports, keyed);
    const repeats = await Promise.all([logIn(ports, keyed), logIn(connect(), keyed)]);
    expect(repeats).toEqual([first, first]);
    await logOut(ports.sessions, await checkAccess(ports.sessions, first), undefined);
    expect(await logIn(ports, keyed)).toBe(first);
    await expect(checkAccess(ports.sessions, first)).rejects.toThrow(UnauthorizedError);
  });

  test('a repeat at counters gets the same pair', async () => {
    const keyed = { ...attempt, key: randomUUID() };
    const first = await signIn(ports, keyed);
    expect(await signIn(ports, keyed)).toEqual(first);
    expect(first.accessToken).not.toBe(first.refreshToken);
  });

  test('another key, or the other surface, gets another session', async () => {
    const key = randomUUID();
    const tokens = [
      await logIn(ports, { ...attempt, key }),
      await logIn(ports, { ...attempt, key: randomUUID() }),
      (await signIn(ports, { ...attempt, key })).accessToken,
    ];
    expect(new Set(tokens.map((token) => decodeToken(token)?.sessionId)).size).toBe(3);
  });

  test('another password is a failure, not a session', async () => {
    const keyed = { ...attempt, key: randomUUID(), sourceAddress: '203.0.113.8' };
    await logIn(ports, keyed);
    await expect(logIn(ports, { ...keyed, password: 'wrong' })).rejects.toThrow(UnauthorizedError);
  });
});

describe('logging out', { timeout: 60_000 }, () => {
  test('can be repeated with its key, by whoever holds the token', async () => {
    const token = await logIn(ports, attempt);
    const caller = await checkAccess(ports.sessions, token);
    await expect(findLoggedOut(ports.sessions, token, 'key')).rejects.toThrow(UnauthorizedError);
    await logOut(ports.sessions, caller, 'key');
    expect(await findLoggedOut(ports.sessions, token, 'key')).toEqual(caller);
    await expect(findLoggedOut(ports.sessions, token, 'another')).rejects.toThrow(UnauthorizedError);
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    await expect(findLoggedOut(ports.sessions, forged, 'key')).rejects.toThrow(UnauthorizedError);
  });
});
