/** Sessions in the table of people, beside the user whose they are. */
import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Session, SessionEnding, Sessions } from '../domain/sessions.ts';
import { WriteRefusedError } from './dynamodb-client.ts';
import { DynamoDbTable, type Item, itemKey, type Key, secondsFromNow } from './dynamodb-table.ts';
import { decodeSession, encodeEnding, encodeSecrets, encodeSession } from './session-item.ts';

/** How long an idempotency key stands for its session, in seconds. */
const KEY_LIFETIME_SECONDS = 24 * 60 * 60;
/** How many sessions are looked through for a known source. */
const SESSIONS_LOOKED_THROUGH = 100;

export class DynamoDbSessions implements Sessions {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  async read(userId: string, sessionId: string): Promise<Session | undefined> {
    const item = await this.#table.get(sessionKey(userId, sessionId));
    return item && decodeSession(item);
  }

  async open(session: Session): Promise<void> {
    const item = { ...sessionKey(session.userId, session.id), ...encodeSession(session) };
    await this.#table.putIf(item, 'attribute_not_exists(pk)');
  }

  async claimKey(userId: string, keyHash: string, sessionId: string): Promise<string> {
    const key = itemKey(userPartition(userId), `key#${keyHash}`);
    const expiresAt = secondsFromNow(KEY_LIFETIME_SECONDS);
    const standing = await this.#table.claim({ ...key, sessionId: { S: sessionId }, expiresAt });
    return standing['sessionId']!.S!;
  }

  async rotate(session: Session, refreshHash: string): Promise<boolean> {
    const { UpdateExpression, ExpressionAttributeValues } = setAttributes(encodeSecrets(session));
    try {
      await this.#table.update(sessionKey(session.userId, session.id), {
        UpdateExpression,
        ConditionExpression: 'refreshHash = :presented AND attribute_not_exists(endedAt)',
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ':presented': { S: refreshHash } },
      });
      return true;
    } catch (error) {
      if (!(error instanceof WriteRefusedError)) throw error;
      // It may have been made all the same, if its answer was lost on the way and it was sent again.
      return error.item?.['refreshHash']?.S === session.refresh?.hash;
    }
  }

  async end(userId: string, sessionId: string, ending: SessionEnding): Promise<void> {
    const isLive = 'attribute_not_exists(endedAt) AND liveUntil > :endedAt';
    await this.#table.updateIf(sessionKey(userId, sessionId), isLive, setAttributes(encodeEnding(ending)));
  }

  async list(userId: string, count: number, before?: string): Promise<Session[]> {
    const sessions: Session[] = [];
    let startKey: Item | undefined = before === undefined ? undefined : sessionKey(userId, before);
    do {
      const { Items = [], LastEvaluatedKey } = await this.#table.queryPage({
        ...newestFirst(userId),
        Limit: count - sessions.length,
        ExclusiveStartKey: startKey,
      });
      sessions.push(...Items.map(decodeSession));
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined && sessions.length < count);
    return sessions;
  }

  async knowsSource(userId: string, sourceHash: string): Promise<boolean> {
    const query = newestFirst(userId);
    const { Count = 0 } = await this.#table.queryPage({
      ...query,
      Select: 'COUNT',
      FilterExpression: 'sourceHash = :source',
      ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':source': { S: sourceHash } },
      Limit: SESSIONS_LOOKED_THROUGH,
    });
    return Count > 0;
  }
}

/** The query of a user's sessions. */
function newestFirst(userId: string): Partial<QueryCommandInput> {
  return {
    KeyConditionExpression: 'pk = :user AND begins_with(sk, :session)',
    ExpressionAttributeValues: { ':user': { S: userPartition(userId) }, ':session': { S: 'session#' } },
    ScanIndexForward: false,
  };
}

/** The update that sets these attributes, each to the value of its name. */
function setAttributes(attributes: Item): { UpdateExpression: string; ExpressionAttributeValues: Item } {
  const names = Object.keys(attributes);
  return {
    UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]!])),
  };
}

function userPartition(userId: string): string {
  return `user#${userId}`;
}

function sessionKey(userId: string, sessionId: string): Key {
  return itemKey(userPartition(userId), `session#${sessionId}`);
}
