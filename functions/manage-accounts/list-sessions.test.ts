/** A user's own sessions, on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { openAccounts } from '../../tests/support/account-ports.ts';
import { SessionNotFoundError } from '../../shared/domain/errors.ts';
import { newSecret } from '../../shared/domain/session-token.ts';
import { keepSecret, type Session } from '../../shared/domain/sessions.ts';
import { endSession } from './end-session.ts';
import { listSessions } from './list-sessions.ts';
import { logOut } from './log-out.ts';

const connect = await openAccounts();
const ports = connect();

const MINUTE_MS = 60_000;

async function openSession(userId: string, expiresAt = Date.now() + MINUTE_MS): Promise<Session> {
  const access = [keepSecret(newSecret(), expiresAt)];
  const session = { userId, id: v7(), startedAt: Date.now(), sourceHash: 'home', access, refresh: undefined };
  await ports.sessions.open({ ...session, ending: undefined });
  return { ...session, ending: undefined };
}

describe('the list of sessions', () => {
  test('says of each how long it lasts, how it ended, and which one asks', async () => {
    const userId = randomUUID();
    const past = Date.now() - 1;
    const expired = await openSession(userId, past);
    const loggedOut = await openSession(userId);
    const ended = await openSession(userId);
    const current = await openSession(userId);
    await logOut(ports.sessions, { userId, sessionId: loggedOut.id }, undefined);
    await endSession(ports.sessions, userId, ended.id.toUpperCase());
    await endSession(ports.sessions, userId, expired.id);

    const { sessions, next } = await listSessions(ports.sessions, { userId, sessionId: current.id }, { limit: 10 });

    expect(sessions.map(({ id, end, current: isCurrent }) => [id, end, isCurrent])).toEqual([
      [current.id, undefined, true],
      [ended.id, 'ended', false],
      [loggedOut.id, 'logout', false],
      [expired.id, 'expired', false],
    ]);
    expect(sessions[0]).toEqual({
      id: current.id,
      started_at: new Date(current.startedAt).toISOString(),
      expires_at: new Date(current.access[0]!.expiresAt).toISOString(),
      current: true,
    });
    expect(sessions[3]?.ended_at).toBe(new Date(past).toISOString());
    expect(next).toBeUndefined();
  });

  test('comes in pages, the last one of which says that it is', async () => {
    const userId = randomUUID();
    const opened: string[] = [];
    for (let count = 0; count < 4; count++) opened.unshift((await openSession(userId)).id);
    const caller = { userId, sessionId: opened[0]! };
    const first = await listSessions(ports.sessions, caller, { limit: 2 });
    const second = await listSessions(ports.sessions, caller, { limit: 2, from: first.next });
    expect([...first.sessions, ...second.sessions].map(({ id }) => id)).toEqual(opened);
    expect(second.next).toBeUndefined();
  });
});

describe('ending a session', () => {
  test('that another user has opened, or nobody, finds none', async () => {
    const { id } = await openSession(randomUUID());
    for (const wanted of [id, v7(), 'no id', 'x'.repeat(3_000)])
      await expect(endSession(ports.sessions, randomUUID(), wanted)).rejects.toThrow(SessionNotFoundError);
  });

  test('that is over already leaves it as it ended', async () => {
    const userId = randomUUID();
    const { id } = await openSession(userId);
    await logOut(ports.sessions, { userId, sessionId: id }, undefined);
    await endSession(ports.sessions, userId, id);
    expect((await ports.sessions.read(userId, id))?.ending?.how).toBe('logout');
  });
});
