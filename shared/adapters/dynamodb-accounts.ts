/** Accounts in the table of people. Nobody is ever deleted, so a name once taken is taken for good. */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Account, Accounts, Profile } from '../domain/people.ts';
import { nameKey, userKey } from './dynamodb-people.ts';
import { DynamoDbTable, type Item } from './dynamodb-table.ts';

export class DynamoDbAccounts implements Accounts {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  async read(userName: string): Promise<Account | undefined> {
    const item = await this.#table.get(nameKey(userName));
    return item && decodeAccount(item);
  }

  /**
   * The user's own item is put first, while nobody knows its id, so that whoever finds the name finds the user too. Whoever
   * stops in between leaves an item that nobody looks for.
   */
  async add(account: Account, profile: Profile | undefined): Promise<Account> {
    const user = userKey(account.userId);
    await this.#table.putIf({ ...user, ...encodeUser(account, profile) }, 'attribute_not_exists(pk)');
    const name = { ...nameKey(account.userName), ...encodeAccount(account) };
    if (await this.#table.putIf(name, 'attribute_not_exists(pk)')) return account;
    const standing = await this.read(account.userName);
    if (standing === undefined) throw new Error('a name was taken and is free again');
    // It may be this account's own, if the answer to the put was lost on its way and the put was sent again.
    if (standing.userId !== account.userId) await this.#table.deleteIf(user, 'attribute_exists(pk)');
    return standing;
  }
}

function encodeUser({ userName }: Account, profile: Profile | undefined): Item {
  return { userName: { S: userName }, ...(profile && { profile: { M: encodeTexts(profile) } }) };
}

function encodeAccount({ userId, userName, passwordRecord, registration }: Account): Item {
  return {
    userId: { S: userId },
    userName: { S: userName },
    passwordRecord: { S: passwordRecord },
    ...(registration && { registration: { M: encodeTexts(registration) } }),
  };
}

function decodeAccount(item: Item): Account {
  const registration = item['registration']?.M;
  return {
    userId: item['userId']!.S!,
    userName: item['userName']!.S!,
    passwordRecord: item['passwordRecord']!.S!,
    registration: registration && { keyHash: registration['keyHash']!.S!, bodyHash: registration['bodyHash']!.S! },
  };
}

function encodeTexts(texts: object): Record<string, AttributeValue.SMember> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { S: text }]));
}
