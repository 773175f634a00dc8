/** Inboxes in the table of chats: an item for each chat of each user. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Inbox, InboxEntry } from '../domain/inbox.ts';
import type { ReadMark } from '../domain/unread.ts';
import { DynamoDbTable, type Item, itemKey, type Key } from './dynamodb-table.ts';

/** Nor is there a mark to move where the user's entry is gone: so is the membership. */
const IS_FORWARD = '#mark < :new';

export class DynamoDbInbox implements Inbox {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  async list(user: string): Promise<ReadonlyMap<string, InboxEntry>> {
    const items = await this.#table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `inbox#${user}` } },
    });
    return new Map(items.map((item) => [item['sk']!.S!.slice('chat#'.length), decodeEntry(item)]));
  }

  async read(user: string, chatId: string): Promise<InboxEntry | undefined> {
    const item = await this.#table.get(entryKey(user, chatId));
    return item && decodeEntry(item);
  }

  async readMembers(users: readonly string[], chatId: string): Promise<ReadonlyMap<string, InboxEntry>> {
    const items = await this.#table.getAll(users.map((user) => entryKey(user, chatId)));
    return new Map(items.map((item) => [item['pk']!.S!.slice('inbox#'.length), decodeEntry(item)]));
  }

  async add(user: string, chatId: string, epoch: number): Promise<void> {
    await this.#table.updateIf(entryKey(user, chatId), 'attribute_not_exists(pk) OR epoch < :epoch', {
      UpdateExpression:
        'SET epoch = :epoch, #read = if_not_exists(#read, :zero), own = if_not_exists(own, :zero), received = if_not_exists(received, :zero)',
      ExpressionAttributeNames: { '#read': 'read' },
      ExpressionAttributeValues: { ':epoch': { N: String(epoch) }, ':zero': { N: '0' } },
    });
  }

  async remove(user: string, chatId: string, epoch: number): Promise<void> {
    await this.#table.deleteIf(entryKey(user, chatId), 'epoch < :epoch', { ':epoch': { N: String(epoch) } });
  }

  moveRead(user: string, chatId: string, { read, own }: ReadMark): Promise<boolean> {
    return this.#table.updateIf(entryKey(user, chatId), IS_FORWARD, {
      UpdateExpression: 'SET #mark = :new, own = :own',
      ExpressionAttributeNames: { '#mark': 'read' },
      ExpressionAttributeValues: { ':new': { N: String(read) }, ':own': { N: String(own) } },
    });
  }

  async moveReceived(user: string, chatId: string, seq: number): Promise<void> {
    await this.#table.updateIf(entryKey(user, chatId), IS_FORWARD, {
      UpdateExpression: 'SET #mark = :new',
      ExpressionAttributeNames: { '#mark': 'received' },
      ExpressionAttributeValues: { ':new': { N: String(seq) } },
    });
  }
}

function entryKey(user: string, chatId: string): Key {
  return itemKey(`inbox#${user}`, `chat#${chatId}`);
}

function decodeEntry(item: Item): InboxEntry {
  return {
    read: Number(item['read']!.N),
    own: Number(item['own']!.N),
    received: Number(item['received']!.N),
    epoch: Number(item['epoch']!.N),
  };
}
