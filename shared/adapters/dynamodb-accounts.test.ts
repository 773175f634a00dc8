/** Accounts and names on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { startFaultyProxy } from '../../tests/support/faulty-proxy.ts';
import type { Account } from '../domain/people.ts';
import { DynamoDbAccounts } from './dynamodb-accounts.ts';
import { DynamoDbPeople } from './dynamodb-people.ts';

let database: ChatDatabase;
let accounts: DynamoDbAccounts;
let people: DynamoDbPeople;

beforeAll(async () => {
  database = await startChatDatabase();
  accounts = new DynamoDbAccounts(connectTo(database.endpoint), CHAT_TABLE);
  people = new DynamoDbPeople(connectTo(database.endpoint), CHAT_TABLE);
});
afterAll(() => database.stop());

const profile = {
  name: 'Ann',
  surname: 'Lee',
  birthday: '1990-01-01T00:00:00Z',
  sex: 'f',
  city: 'York',
  interests: '',
};

function accountOf(userName: string): Account {
  return { userId: randomUUID(), userName, passwordRecord: 'a record', registration: undefined };
}

test('an account is found by its name in any case, as it was added', async () => {
  const account = { ...accountOf('Straße'), registration: { keyHash: 'key', bodyHash: 'body' } };
  expect(await accounts.add(account, undefined)).toEqual(account);
  expect(await accounts.read('STRASSE')).toEqual(account);
  expect(await people.findByName('strasse')).toEqual({ userId: account.userId, userName: 'Straße' });
  expect(await accounts.read('strass')).toBeUndefined();
  expect(await people.findByName('strass')).toBeUndefined();
});

test('of twenty accounts of one name, added at once, one stands, and nothing is left of the others', async () => {
  const wanted = Array.from({ length: 20 }, (_, index) => accountOf(index % 2 === 0 ? 'race' : 'RACE'));
  const standing = await Promise.all(wanted.map((account) => accounts.add(account, profile)));
  const [first] = standing;
  for (const each of standing) expect(each).toEqual(first);
  expect(wanted).toContainEqual(first);
  const found = await people.readMany(wanted.map(({ userId }) => userId));
  expect([...found.keys()]).toEqual([first?.userId]);
});

test('an account whose answer is lost on the way stands as its own', async () => {
  let puts = 0;
  const proxy = await startFaultyProxy(database.endpoint, (operation) =>
    // The second put decides about the name.
    operation.endsWith('PutItem') && ++puts === 2 ? 'drop-answer' : 'pass',
  );
  const client = connectTo(proxy.url, { timeoutMs: 5_000, maxAttempts: 2 });
  const account = accountOf('lost answer');
  expect(await new DynamoDbAccounts(client, CHAT_TABLE).add(account, undefined)).toEqual(account);
  expect(puts).toBe(3);
  expect([...(await people.readMany([account.userId])).keys()]).toEqual([account.userId]);
  await proxy.stop();
});

test('people are shown by their profiles, or else by their user names', async () => {
  const [shown, plain] = [accountOf('ann@example.com'), accountOf('Bob')];
  await accounts.add(shown, profile);
  await accounts.add(plain, undefined);
  const found = await people.readMany([plain.userId, shown.userId, randomUUID(), plain.userId, 'x'.repeat(3_000)]);
  expect(Object.fromEntries(found)).toEqual({
    [shown.userId]: { id: shown.userId, userName: 'ann@example.com', name: 'Ann', surname: 'Lee' },
    [plain.userId]: { id: plain.userId, userName: 'Bob', name: 'Bob', surname: '' },
  });
});

test('any number of people are read at once', async () => {
  const many = Array.from({ length: 120 }, (_, index) => accountOf(`one of many ${index}`));
  await Promise.all(many.map((account) => accounts.add(account, undefined)));
  expect((await people.readMany(many.map(({ userId }) => userId))).size).toBe(120);
});

test('the longest name that folds to most has room in a key', async () => {
  const account = accountOf('\u1FB7'.repeat(254));
  await accounts.add(account, undefined);
  expect(await accounts.read(account.userName)).toEqual(account);
});

test('no account ever expires', async () => {
  await accounts.add(accountOf('forever'), profile);
  const { Items = [] } = await connectTo(database.endpoint).send(new ScanCommand({ TableName: CHAT_TABLE }));
  expect(Items.filter((item) => 'expiresAt' in item)).toEqual([]);
});
