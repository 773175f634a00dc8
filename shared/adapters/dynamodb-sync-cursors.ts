/** Cursors of the feed of changes, in the table of chats. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SeenChat, SeenChats, SyncCursor, SyncCursors } from '../domain/sync-cursors.ts';
import { DynamoDbTable, isExpired, itemKey, type Key, secondsFromNow } from './dynamodb-table.ts';

const LIFETIME_SECONDS = 30 * 24 * 60 * 60;
const RETIRED_SECONDS = 24 * 60 * 60;

/** One chat, as it is written: a user has up to 1,000 of them. */
type EncodedChat = [chatId: string, seq: number, revision: number, read: number, companionRead?: number];

export class DynamoDbSyncCursors implements SyncCursors {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  async read(user: string, id: string): Promise<SyncCursor | undefined> {
    const item = await this.#table.get(cursorKey(user, id));
    if (item === undefined || isExpired(item)) return undefined;
    const { seen, previous, madeAt } = item;
    return { id, seen: decodeSeen(seen!.S!), previous: previous?.S, madeAt: Number(madeAt!.N) };
  }

  async put(user: string, { id, seen, previous, madeAt }: SyncCursor): Promise<void> {
    await this.#table.putIf(
      {
        ...cursorKey(user, id),
        seen: { S: encodeSeen(seen) },
        ...(previous !== undefined && { previous: { S: previous } }),
        madeAt: { N: String(madeAt) },
        expiresAt: secondsFromNow(LIFETIME_SECONDS),
      },
      'attribute_not_exists(pk)',
    );
  }

  async retire(user: string, id: string): Promise<void> {
    await this.#table.updateIf(cursorKey(user, id), 'expiresAt > :soon', {
      UpdateExpression: 'SET expiresAt = :soon',
      ExpressionAttributeValues: { ':soon': secondsFromNow(RETIRED_SECONDS) },
    });
  }
}

function encodeSeen(seen: SeenChats): string {
  return JSON.stringify(
    [...seen].map(([chatId, { seq, revision, read, companionRead }]): EncodedChat =>
      companionRead === undefined ? [chatId, seq, revision, read] : [chatId, seq, revision, read, companionRead],
    ),
  );
}

function decodeSeen(text: string): SeenChats {
  const encoded: EncodedChat[] = JSON.parse(text);
  return new Map(
    encoded.map(([chatId, seq, revision, read, companionRead]): [string, SeenChat] => [
      chatId,
      { seq, revision, read, ...(companionRead !== undefined && { companionRead }) },
    ]),
  );
}

const cursorKey = (user: string, id: string): Key => itemKey(`sync#${user}`, `cursor#${id}`);
