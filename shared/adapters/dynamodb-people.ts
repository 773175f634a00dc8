/** Users' names in the table of people. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { validate as isUuid } from 'uuid';
import type { Account, People, Person } from '../domain/people.ts';
import { foldUserName } from '../domain/user-name.ts';
import { DynamoDbTable, type Item, itemKey, type Key } from './dynamodb-table.ts';

export class DynamoDbPeople implements People {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  async readMany(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    // A key has no room for any string, and no other string is an id.
    const keys = [...new Set(userIds)].filter((id) => isUuid(id)).map(userKey);
    const items = await this.#table.getAll(keys);
    return new Map(items.map(decodePerson).map((person) => [person.id, person]));
  }

  async findByName(userName: string): Promise<Pick<Account, 'userId' | 'userName'> | undefined> {
    const item = await this.#table.get(nameKey(userName));
    return item && { userId: item['userId']!.S!, userName: item['userName']!.S! };
  }
}

/** Where a user's own name and profile are. */
export function userKey(userId: string): Key {
  return itemKey(`user#${userId}`, 'profile');
}

/** Where it is decided whose a name is. */
export function nameKey(userName: string): Key {
  return itemKey(`name#${foldUserName(userName)}`, 'user');
}

function decodePerson(item: Item): Person {
  const userName = item['userName']!.S!;
  const profile = item['profile']?.M;
  return {
    id: item['pk']!.S!.slice('user#'.length),
    userName,
    name: profile?.['name']?.S ?? userName,
    surname: profile?.['surname']?.S ?? '',
  };
}
