/** Reads that are gathered, on a real local DynamoDB. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  CHAT_TABLE,
  type ChatDatabase,
  connectTo,
  createTable,
  startChatDatabase,
} from '../../tests/support/chat-database.ts';
import { type Exchange, type HttpProxy, startHttpProxy } from '../../tests/support/http-proxy.ts';
import { StoreUnavailableError } from '../domain/errors.ts';
import { DynamoDbReads } from './dynamodb-reads.ts';
import { DynamoDbTable, itemKey } from './dynamodb-table.ts';

const OTHER_TABLE = 'Messenger-OtherTable';
const TABLES = [CHAT_TABLE, OTHER_TABLE];

let database: ChatDatabase;
let proxy: HttpProxy;
let operations: string[] = [];
let treat: (exchange: Exchange) => Promise<void>;
let reads: DynamoDbReads;

const pass = async (exchange: Exchange): Promise<void> => exchange.answer(await exchange.forward());

const read = async (table: string, name: string): Promise<string | undefined> =>
  (await reads.get({ table, key: itemKey(name, 'item') }))?.['of']?.S;

beforeAll(async () => {
  database = await startChatDatabase();
  const client = connectTo(database.endpoint);
  await createTable(client, OTHER_TABLE);
  for (const table of TABLES)
    await new DynamoDbTable(client, table).putAll(
      ['a', 'b'].map((name) => ({ ...itemKey(name, 'item'), of: { S: `${name} of ${table}` } })),
    );
  proxy = await startHttpProxy(
    () => database.endpoint,
    (exchange) => {
      operations.push(String(exchange.headers['x-amz-target']).split('.')[1]!);
      return treat(exchange);
    },
  );
});
afterAll(async () => {
  await proxy.stop();
  await database.stop();
});
beforeEach(() => {
  operations = [];
  treat = pass;
  reads = DynamoDbReads.of(connectTo(proxy.url));
});

test('reads of the same moment are one call, whichever table they are of, and each gets its own', async () => {
  const found = await Promise.all(
    TABLES.flatMap((table) => [read(table, 'a'), read(table, 'b'), read(table, 'a'), read(table, 'none')]),
  );
  const expected = TABLES.flatMap((table) => [`a of ${table}`, `b of ${table}`, `a of ${table}`, undefined]);
  expect(found).toEqual(expected);
  expect(operations).toEqual(['BatchGetItem']);
});

test('while as many calls are under way as there may be, all others wait and become one', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  treat = async (exchange) => {
    await released;
    await pass(exchange);
  };
  const first = [];
  for (let count = 0; count < 4; count++) {
    first.push(read(CHAT_TABLE, 'a'));
    await nextTurn();
  }
  await expect.poll(() => operations.length).toBe(4);
  const later = [];
  for (const table of [CHAT_TABLE, OTHER_TABLE, CHAT_TABLE]) {
    later.push(read(table, 'b'));
    await nextTurn();
  }
  release();
  expect(await Promise.all(first)).toEqual(Array.from({ length: 4 }, () => `a of ${CHAT_TABLE}`));
  expect(await Promise.all(later)).toEqual([CHAT_TABLE, OTHER_TABLE, CHAT_TABLE].map((table) => `b of ${table}`));
  expect(operations).toEqual([...Array.from({ length: 4 }, () => 'GetItem'), 'BatchGetItem']);
});

test('a table that is throttled fails its own reads only', async () => {
  treat = async (exchange) => {
    const { RequestItems = {} }: BatchGetItemCommandInput = JSON.parse(exchange.body.toString());
    const answer = await exchange.forward();
    const { Responses } = JSON.parse(answer.body.toString());
    delete Responses[OTHER_TABLE];
    const UnprocessedKeys = { [OTHER_TABLE]: RequestItems[OTHER_TABLE] };
    const { 'content-length': _length, 'x-amz-crc32': _checksum, ...headers } = answer.headers;
    exchange.answer({ status: 200, headers, body: Buffer.from(JSON.stringify({ Responses, UnprocessedKeys })) });
  };
  const [found, refused] = await Promise.allSettled([read(CHAT_TABLE, 'a'), read(OTHER_TABLE, 'a')]);
  expect(found).toEqual({ status: 'fulfilled', value: `a of ${CHAT_TABLE}` });
  expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });
  expect(operations).toEqual(['BatchGetItem']);
});
