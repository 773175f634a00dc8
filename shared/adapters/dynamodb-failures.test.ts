/** Failure buckets on a real local DynamoDB. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { remainingWait } from '../domain/failure-limits.ts';
import { DynamoDbFailures } from './dynamodb-failures.ts';

let database: ChatDatabase;
let failures: DynamoDbFailures;

beforeAll(async () => {
  database = await startChatDatabase();
  failures = new DynamoDbFailures(connectTo(database.endpoint), CHAT_TABLE);
});
afterAll(() => database.stop());

/** An interval so long that the time a test takes does not count. */
const bucketOf = (key: string) => ({ key, burst: 5, intervalMs: 1_000_000 });

async function readWait(key: string, now: number): Promise<number> {
  return remainingWait(bucketOf(key), (await failures.read([key])).get(key), now);
}

test('a bucket without failures is not there', async () => {
  expect(await failures.read(['none', 'another'])).toEqual(new Map());
});

test('failures add up, bucket by bucket, until there is none left', async () => {
  for (let count = 1; count <= 4; count++) await failures.count(bucketOf('one by one'));
  await failures.count(bucketOf('another'));
  const now = Date.now();
  expect(await readWait('one by one', now)).toBeLessThanOrEqual(0);
  await failures.count(bucketOf('one by one'));
  expect(await readWait('one by one', now)).toBeGreaterThan(900_000);
  expect(await readWait('another', now)).toBeLessThanOrEqual(0);
});

test('of thirty failures at once none is lost', async () => {
  const before = Date.now();
  await Promise.all(Array.from({ length: 30 }, () => failures.count(bucketOf('crowd'))));
  const arrival = (await failures.read(['crowd'])).get('crowd') ?? 0;
  expect(arrival).toBeGreaterThanOrEqual(before + 30 * 1_000_000);
  expect(arrival).toBeLessThanOrEqual(Date.now() + 30 * 1_000_000);
});

test('a bucket whose arrival time has passed begins anew', async () => {
  const brief = { key: 'brief', burst: 1, intervalMs: 1 };
  await failures.count(brief);
  const first = (await failures.read(['brief'])).get('brief') ?? Infinity;
  while (Date.now() <= first);
  const before = Date.now();
  await failures.count(brief);
  expect((await failures.read(['brief'])).get('brief')).toBeGreaterThanOrEqual(before + 1);
});

test('a bucket is kept until it is full again', async () => {
  await failures.count(bucketOf('kept'));
  const command = new GetItemCommand({
    TableName: CHAT_TABLE,
    Key: { pk: { S: 'failures#kept' }, sk: { S: 'bucket' } },
  });
  const { Item = {} } = await connectTo(database.endpoint).send(command);
  expect(Number(Item['expiresAt']?.N) * 1_000).toBeGreaterThan(Number(Item['tat']?.N));
});
