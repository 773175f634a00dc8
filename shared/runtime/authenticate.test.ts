/** Who calls, by the headers that clients send. */
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { TooManyRequestsError, UnauthorizedError } from '../domain/errors.ts';
import { encodeToken, newSecret } from '../domain/session-token.ts';
import { keepSecret, type Session, type SessionReader } from '../domain/sessions.ts';
import { authenticateBy } from './authenticate.ts';
import { SessionThrottle } from './session-throttle.ts';

/** Keeps a few sessions, all of which are live. */
class LiveSessions implements SessionReader {
  readonly #sessions = new Map<string, Session>();

  open(): { token: string; caller: { userId: string; sessionId: string } } {
    const [userId, id, secret, now] = [randomUUID(), v7(), newSecret(), Date.now()];
    const access = [keepSecret(secret, now + 60_000)];
    this.#sessions.set(id, {
      userId,
      id,
      startedAt: now,
      sourceHash: '',
      access,
      refresh: undefined,
      ending: undefined,
    });
    return { token: encodeToken({ userId, sessionId: id, secret }), caller: { userId, sessionId: id } };
  }

  async read(_userId: string, sessionId: string): Promise<Session | undefined> {
    return this.#sessions.get(sessionId);
  }
}

const sessions = new LiveSessions();
const { token, caller } = sessions.open();
const authenticate = authenticateBy({ sessions, tokenType: 'session_id', throttle: undefined });

describe('the canonical API', () => {
  test.each(['session_id', 'Session_ID', 'Bearer', 'bearer', 'BEARER'])('takes a token after %s', async (scheme) => {
    expect(await authenticate(`${scheme} ${token}`, 'v1', undefined)).toEqual(caller);
  });

  test('takes the scheme that it is set to', async () => {
    const other = authenticateBy({ sessions, tokenType: 'Ticket', throttle: undefined });
    expect(await other(`ticket  ${token}`, 'v1', undefined)).toEqual(caller);
    await expect(other(`session_id ${token}`, 'v1', undefined)).rejects.toThrow(UnauthorizedError);
  });

  test.each([undefined, '', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer ${token} more`, `Bearer=${token}`])(
    'refuses the header %j',
    async (header) => {
      await expect(authenticate(header, 'v1', undefined)).rejects.toThrow(UnauthorizedError);
    },
  );
});

describe('counters', () => {
  test('takes a token without a scheme', async () => {
    expect(await authenticate(token, 'counters', undefined)).toEqual(caller);
  });

  test.each([undefined, '', `Bearer ${token}`, `session_id ${token}`])('refuses the header %j', async (header) => {
    await expect(authenticate(header, 'counters', undefined)).rejects.toThrow(UnauthorizedError);
  });
});

test('a session that makes more requests than it may is told when to come again, another one is not', async () => {
  const throttled = authenticateBy({ sessions, tokenType: 'session_id', throttle: new SessionThrottle(3) });
  const [busy, quiet] = [sessions.open(), sessions.open()];
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () => throttled(`Bearer ${busy.token}`, 'v1', undefined)),
  );
  const refusals = outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refusals).toHaveLength(2);
  expect(refusals[0]).toBeInstanceOf(TooManyRequestsError);
  expect(refusals[0]).toMatchObject({ retryAfterSeconds: 1 });
  expect(await throttled(`Bearer ${quiet.token}`, 'v1', undefined)).toEqual(quiet.caller);
});

test('what is refused says nothing of the token', async () => {
  const unknown = encodeToken({ userId: randomUUID(), sessionId: v7(), secret: newSecret() });
  const refusal: unknown = await authenticate(`Bearer ${unknown}`, 'v1', undefined).catch((error: unknown) => error);
  expect(String(refusal)).not.toContain(unknown);
});
