/** Sessions on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { startFaultyProxy } from '../../tests/support/faulty-proxy.ts';
import { UnauthorizedError } from '../domain/errors.ts';
import { encodeToken, newSecret } from '../domain/session-token.ts';
import { checkAccess, keepRefreshSecret, keepSecret, type Session, type SessionEnding } from '../domain/sessions.ts';
import { DynamoDbSessions } from './dynamodb-sessions.ts';

let database: ChatDatabase;
let sessions: DynamoDbSessions;

beforeAll(async () => {
  database = await startChatDatabase();
  sessions = new DynamoDbSessions(connectTo(database.endpoint), CHAT_TABLE);
});
afterAll(() => database.stop());

const HOUR_MS = 3_600_000;

function sessionOf(userId: string, changes: Partial<Session> = {}): Session {
  const now = Date.now();
  return {
    userId,
    id: v7(),
    startedAt: now,
    sourceHash: 'home',
    access: [keepSecret(newSecret(), now + HOUR_MS)],
    refresh: undefined,
    ending: undefined,
    ...changes,
  };
}

async function openSession(changes: Partial<Session> = {}): Promise<Session> {
  const session = sessionOf(randomUUID(), changes);
  await sessions.open(session);
  return session;
}

function endingBy(how: SessionEnding['how'], at = Date.now()): SessionEnding {
  return { how, at, keyHash: undefined };
}

function tokenOf({ userId, id }: Session, secret: Buffer): string {
  return encodeToken({ userId, sessionId: id, secret });
}

function rotatedFrom(session: Session): Session {
  return {
    ...session,
    access: [...session.access, keepSecret(newSecret(), Date.now() + HOUR_MS)],
    refresh: keepRefreshSecret(newSecret(), Date.now() + 2 * HOUR_MS),
  };
}

async function openRefreshable() {
  const refresh = keepRefreshSecret(newSecret(), Date.now() + HOUR_MS);
  return { session: await openSession({ refresh }), refresh };
}

const read = ({ userId, id }: Session): Promise<Session | undefined> => sessions.read(userId, id);

describe('a session', () => {
  test('is read as it was opened', async () => {
    const session = await openSession({ refresh: keepRefreshSecret(newSecret(), Date.now() + 2 * HOUR_MS) });
    expect(await read(session)).toEqual(session);
  });

  test('is another user’s or another one’s for nobody', async () => {
    const session = await openSession();
    expect(await sessions.read(randomUUID(), session.id)).toBeUndefined();
    expect(await sessions.read(session.userId, v7())).toBeUndefined();
  });

  test('that is opened again stays as it is, also after its end', async () => {
    const session = await openSession();
    await sessions.end(session.userId, session.id, endingBy('logout'));
    await sessions.open({ ...session, startedAt: 1 });
    expect(await read(session)).toMatchObject({ startedAt: session.startedAt, ending: { how: 'logout' } });
  });

  test('ends once: the first ending stands', async () => {
    const session = await openSession();
    const ending = { how: 'logout', at: Date.now(), keyHash: 'key' } as const;
    await sessions.end(session.userId, session.id, ending);
    await sessions.end(session.userId, session.id, endingBy('ended'));
    expect(await read(session)).toEqual({ ...session, ending });
  });

  test('that has expired is not ended any more', async () => {
    const session = await openSession({ access: [keepSecret(newSecret(), Date.now() - 1)] });
    await sessions.end(session.userId, session.id, endingBy('ended'));
    expect((await read(session))?.ending).toBeUndefined();
  });

  test('that there is not is not made by its end', async () => {
    const session = sessionOf(randomUUID());
    await sessions.end(session.userId, session.id, endingBy('logout'));
    expect(await read(session)).toBeUndefined();
  });
});

describe('an access token', () => {
  test('is good for its session until that is ended', async () => {
    const secret = newSecret();
    const session = await openSession({ access: [keepSecret(secret, Date.now() + HOUR_MS)] });
    const token = tokenOf(session, secret);
    expect(await checkAccess(sessions, token)).toEqual({ userId: session.userId, sessionId: session.id });
    await sessions.end(session.userId, session.id, endingBy('ended'));
    await expect(checkAccess(sessions, token)).rejects.toThrow(UnauthorizedError);
  });

  test('that has expired is not good, although the store still holds it', async () => {
    const [old, current] = [newSecret(), newSecret()];
    const now = Date.now();
    const session = await openSession({ access: [keepSecret(old, now - 1), keepSecret(current, now + HOUR_MS)] });
    await expect(checkAccess(sessions, tokenOf(session, old))).rejects.toThrow(UnauthorizedError);
    expect(await checkAccess(sessions, tokenOf(session, current))).toMatchObject({ sessionId: session.id });
  });

  test('is good with its own secret, user and session only', async () => {
    const secret = newSecret();
    const session = await openSession({
      access: [keepSecret(secret, Date.now() + HOUR_MS)],
      refresh: keepRefreshSecret(newSecret(), Date.now() + HOUR_MS),
    });
    const other = await openSession();
    const tokens = [
      tokenOf(session, newSecret()),
      tokenOf(other, secret),
      tokenOf({ ...session, userId: other.userId }, secret),
      'no token',
      '',
    ];
    for (const token of tokens) await expect(checkAccess(sessions, token)).rejects.toThrow(UnauthorizedError);
  });
});

test('reads of the same moment are one, and each gets its own', async () => {
  const operations: string[] = [];
  const proxy = await startFaultyProxy(database.endpoint, (operation) => {
    operations.push(operation);
    return 'pass';
  });
  const counted = new DynamoDbSessions(connectTo(proxy.url), CHAT_TABLE);
  const opened = await Promise.all(Array.from({ length: 20 }, () => openSession()));
  const wanted = [...opened, ...opened, sessionOf(randomUUID())];
  const found = await Promise.all(wanted.map(({ userId, id }) => counted.read(userId, id)));
  expect(found).toEqual([...opened, ...opened, undefined]);
  expect(operations).toEqual(['DynamoDB_20120810.BatchGetItem']);
  await proxy.stop();
});

test('a session is dead for every environment as soon as it is ended', async () => {
  const elsewhere = new DynamoDbSessions(connectTo(database.endpoint), CHAT_TABLE);
  const session = await openSession();
  expect((await elsewhere.read(session.userId, session.id))?.ending).toBeUndefined();
  await sessions.end(session.userId, session.id, endingBy('logout'));
  expect((await elsewhere.read(session.userId, session.id))?.ending?.how).toBe('logout');
});

describe('rotation', () => {
  test('keeps the new secrets', async () => {
    const { session, refresh } = await openRefreshable();
    const rotated = rotatedFrom(session);
    expect(await sessions.rotate(rotated, refresh.hash)).toBe(true);
    expect(await read(session)).toEqual(rotated);
  });

  test('is made once, however many try at once with the same secret', async () => {
    const { session, refresh } = await openRefreshable();
    const made = await Promise.all(
      Array.from({ length: 20 }, () => sessions.rotate(rotatedFrom(session), refresh.hash)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  test('is refused once the session is ended', async () => {
    const { session, refresh } = await openRefreshable();
    await sessions.end(session.userId, session.id, endingBy('logout'));
    expect(await sessions.rotate(rotatedFrom(session), refresh.hash)).toBe(false);
    expect((await read(session))?.refresh).toEqual(refresh);
  });

  test('whose answer is lost on the way counts as made', async () => {
    const { session, refresh } = await openRefreshable();
    let updates = 0;
    const proxy = await startFaultyProxy(database.endpoint, () => (++updates === 1 ? 'drop-answer' : 'pass'));
    const client = connectTo(proxy.url, { timeoutMs: 5_000, maxAttempts: 2 });
    const rotated = rotatedFrom(session);
    expect(await new DynamoDbSessions(client, CHAT_TABLE).rotate(rotated, refresh.hash)).toBe(true);
    expect(updates).toBe(2);
    expect(await read(session)).toEqual(rotated);
    await proxy.stop();
  });
});

test('a user’s sessions are listed newest first, page by page, and nothing else of the user is', async () => {
  const userId = randomUUID();
  const opened: Session[] = [];
  for (let count = 0; count < 5; count++) {
    const session = sessionOf(userId);
    await sessions.open(session);
    opened.unshift(session);
  }
  await openSession();
  await sessions.claimKey(userId, 'key', v7());
  expect(await sessions.list(userId, 10)).toEqual(opened);
  expect(await sessions.list(userId, 2)).toEqual(opened.slice(0, 2));
  expect(await sessions.list(userId, 2, opened[1]!.id)).toEqual(opened.slice(2, 4));
  expect(await sessions.list(userId, 2, opened[4]!.id)).toEqual([]);
});

test('a source is known from which one of the user’s sessions was opened, live or not', async () => {
  const session = await openSession({ sourceHash: 'office' });
  await sessions.end(session.userId, session.id, endingBy('logout'));
  expect(await sessions.knowsSource(session.userId, 'office')).toBe(true);
  expect(await sessions.knowsSource(session.userId, 'elsewhere')).toBe(false);
  expect(await sessions.knowsSource(randomUUID(), 'office')).toBe(false);
});

describe('an idempotency key', () => {
  test('stands for the session that it was given first, however many are given at once', async () => {
    const userId = randomUUID();
    const wanted = Array.from({ length: 10 }, () => v7());
    const claimed = await Promise.all(wanted.map((id) => sessions.claimKey(userId, 'key', id)));
    expect(new Set(claimed).size).toBe(1);
    expect(wanted).toContain(claimed[0]);
    expect(await sessions.claimKey(userId, 'key', v7())).toBe(claimed[0]);
  });

  test('of another user, or another key, stands for another session', async () => {
    const [userId, mine] = [randomUUID(), v7()];
    await sessions.claimKey(userId, 'key', mine);
    expect(await sessions.claimKey(randomUUID(), 'key', v7())).not.toBe(mine);
    expect(await sessions.claimKey(userId, 'another key', v7())).not.toBe(mine);
  });

  test('that has expired stands for nothing, although the store still holds it', async () => {
    const [userId, next] = [randomUUID(), v7()];
    await sessions.claimKey(userId, 'key', v7());
    await connectTo(database.endpoint).send(
      new UpdateItemCommand({
        TableName: CHAT_TABLE,
        Key: { pk: { S: `user#${userId}` }, sk: { S: 'key#key' } },
        UpdateExpression: 'SET expiresAt = :past',
        ExpressionAttributeValues: { ':past': { N: String(Math.floor(Date.now() / 1000) - 1) } },
      }),
    );
    expect(await sessions.claimKey(userId, 'key', next)).toBe(next);
  });
});
