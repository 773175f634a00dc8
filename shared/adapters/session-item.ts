/** How a session is written into its item. Times are milliseconds since 1970; no attribute makes DynamoDB delete it. */
import {
  expiryOf,
  type KeptRefreshSecret,
  type Session,
  SESSION_ENDS,
  type SessionEnding,
} from '../domain/sessions.ts';
import type { Item } from './dynamodb-table.ts';

export function encodeSession({ startedAt, sourceHash, ...secrets }: Session): Item {
  return { startedAt: { N: String(startedAt) }, sourceHash: { S: sourceHash }, ...encodeSecrets(secrets) };
}

/** `liveUntil` is when the session ends by itself: what must not have passed for anybody to end it. */
export function encodeSecrets({ access, refresh }: Pick<Session, 'access' | 'refresh'>): Item {
  return {
    accessSecrets: {
      L: access.map(({ hash, expiresAt }) => ({ M: { hash: { S: hash }, expiresAt: { N: String(expiresAt) } } })),
    },
    ...(refresh && {
      refreshHash: { S: refresh.hash },
      refreshFamilyHash: { S: refresh.familyHash },
      refreshExpiresAt: { N: String(refresh.expiresAt) },
    }),
    liveUntil: { N: String(expiryOf({ access, refresh })) },
  };
}

export function encodeEnding({ how, at, keyHash }: SessionEnding): Item {
  return {
    endedAt: { N: String(at) },
    endedBy: { S: how },
    ...(keyHash !== undefined && { endKeyHash: { S: keyHash } }),
  };
}

export function decodeSession(item: Item): Session {
  return {
    userId: item['pk']!.S!.slice('user#'.length),
    id: item['sk']!.S!.slice('session#'.length),
    startedAt: Number(item['startedAt']!.N),
    sourceHash: item['sourceHash']!.S!,
    access: item['accessSecrets']!.L!.map(({ M: secret }) => ({
      hash: secret!['hash']!.S!,
      expiresAt: Number(secret!['expiresAt']!.N),
    })),
    refresh: decodeRefresh(item),
    ending: decodeEnding(item),
  };
}

function decodeRefresh({ refreshHash, refreshFamilyHash, refreshExpiresAt }: Item): KeptRefreshSecret | undefined {
  return (
    refreshHash && {
      hash: refreshHash.S!,
      familyHash: refreshFamilyHash!.S!,
      expiresAt: Number(refreshExpiresAt!.N),
    }
  );
}

function decodeEnding({ endedAt, endedBy, endKeyHash }: Item): SessionEnding | undefined {
  const how = SESSION_ENDS.find((known) => known === endedBy?.S) ?? 'ended';
  return endedAt && { how, at: Number(endedAt.N), keyHash: endKeyHash?.S };
}
