// Tests of the local DynamoDB through the AWS SDK: what is added to dynalite.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDynamoDb } from './dynamodb.ts';
import type { DynamoDb } from './dynamodb.ts';

const TABLE = 'items';
let dataFolder: string;
let dynamoDb: DynamoDb;
let client: DynamoDBClient;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'dynamodb-'));
  dynamoDb = await startDynamoDb({ dataFolder });
  client = new DynamoDBClient({
    endpoint: dynamoDb.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await createTable(TABLE);
});

afterAll(async () => {
  client.destroy();
  await dynamoDb.stop();
  await rm(dataFolder, { recursive: true });
});

async function createTable(name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 0.01 }, { TableName: name });
}

async function putItem(id: string, attributes: Record<string, AttributeValue> = {}, table = TABLE): Promise<void> {
  await client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, ...attributes } }));
}

async function getItem(id: string, table = TABLE): Promise<Record<string, AttributeValue> | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } } }));
  return Item;
}

function toList(...values: string[]): AttributeValue {
  return { L: values.map((S) => ({ S })) };
}

function updateOfBytes(bytes: number): string {
  return `SET ${'a'.repeat(bytes - 'SET  = :v'.length)} = :v`;
}

function sumOf(operators: number): string {
  return `SET ${Array.from({ length: operators }, (_, i) => `a${i}=:v+:v`).join(',')}`;
}

function sendUpdate(expression: string) {
  return client.send(
    new UpdateItemCommand({
      TableName: TABLE,
      Key: { id: { S: 'limits' } },
      UpdateExpression: expression,
      ExpressionAttributeValues: { ':v': { N: '1' } },
    }),
  );
}

describe('expression limits', () => {
  test('an expression of 4096 bytes is accepted', async () => {
    await expect(sendUpdate(updateOfBytes(4096))).resolves.toBeDefined();
  });

  test('an expression of 4097 bytes is a ValidationException', async () => {
    await expect(sendUpdate(updateOfBytes(4097))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(
        /^Invalid UpdateExpression: Expression size has exceeded the maximum allowed size/,
      ),
    });
  });

  test('300 operators are accepted', async () => {
    await expect(sendUpdate(sumOf(300))).resolves.toBeDefined();
  });

  test('301 operators are a ValidationException', async () => {
    await expect(sendUpdate(sumOf(301))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Invalid UpdateExpression: The expression contains too many operators; operator count: 301',
    });
  });

  test('the filter of a query has the limits too', async () => {
    const query = new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'id = :v',
      FilterExpression: Array.from({ length: 151 }, () => 'a=:v').join(' OR '),
      ExpressionAttributeValues: { ':v': { S: 'x' } },
    });

    await expect(client.send(query)).rejects.toMatchObject({
      message: 'Invalid FilterExpression: The expression contains too many operators; operator count: 301',
    });
  });
});

function failPut(returnValues: 'ALL_OLD' | 'NONE') {
  return client.send(
    new PutItemCommand({
      TableName: TABLE,
      Item: { id: { S: 'taken' } },
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: returnValues,
    }),
  );
}

describe('a failed condition', () => {
  test('answers the item when asked for ALL_OLD', async () => {
    await putItem('taken', { owner: { S: 'first' } });

    await expect(failPut('ALL_OLD')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { id: { S: 'taken' }, owner: { S: 'first' } },
    });
  });

  test('answers no item when not asked', async () => {
    await putItem('taken');

    const error = await failPut('NONE').catch((failure: unknown) => failure);

    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(error).toMatchObject({ Item: undefined });
  });
});

async function updateItem(expression: string, values?: Record<string, AttributeValue>) {
  await client.send(
    new UpdateItemCommand({
      TableName: TABLE,
      Key: { id: { S: 'list' } },
      UpdateExpression: expression,
      ...(values && { ExpressionAttributeValues: values }),
    }),
  );
  return getItem('list');
}

describe('REMOVE of list elements', () => {
  test('means the positions before the update', async () => {
    await putItem('list', { l: toList('a', 'b', 'c', 'd') });

    const item = await updateItem('REMOVE l[0], l[2], l[1]');

    expect(item?.['l']).toEqual(toList('d'));
  });

  test('leaves the positions that the same update sets', async () => {
    await putItem('list', { l: toList('a', 'b', 'c', 'd') });

    const item = await updateItem('REMOVE l[0] SET l[3] = :new', { ':new': { S: 'D' } });

    expect(item?.['l']).toEqual(toList('b', 'c', 'D'));
  });

  test('means the positions before the update in nested lists', async () => {
    await putItem('list', { l: { L: [{ S: 'a' }, toList('b', 'c', 'd'), { S: 'e' }] } });

    const item = await updateItem('REMOVE l[0], l[1][0], l[1][2]');

    expect(item?.['l']).toEqual({ L: [toList('c'), { S: 'e' }] });
  });
});

test('an answer comes with its CRC-32', async () => {
  const response = await fetch(dynamoDb.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Nothing' },
    body: '{}',
  });
  expect(await response.text()).toBe('{"__type":"com.amazon.coral.service#UnknownOperationException"}');
  expect(response.headers.get('x-amz-crc32')).toBe('1368724161');
});

describe('time to live', () => {
  const table = 'sessions';
  const switchTimeToLive = (enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({
        TableName: table,
        TimeToLiveSpecification: { Enabled: enabled, AttributeName: 'expiry' },
      }),
    );
  const describeTimeToLive = async () =>
    (await client.send(new DescribeTimeToLiveCommand({ TableName: table }))).TimeToLiveDescription;

  test('deletes what has expired, in seconds, within five years', async () => {
    await createTable(table);
    const nowSeconds = Math.floor(Date.now() / 1000);
    await putItem('expired', { expiry: { N: `${nowSeconds - 10}` } }, table);
    await putItem('alive', { expiry: { N: `${nowSeconds + 100}` } }, table);
    await putItem('in-milliseconds', { expiry: { N: `${Date.now() - 10_000}` } }, table);
    await putItem('ancient', { expiry: { N: '1' } }, table);
    await putItem('as-string', { expiry: { S: `${nowSeconds - 10}` } }, table);
    await putItem('without', {}, table);

    const before = await dynamoDb.sweepExpiredItems();
    await switchTimeToLive(true);
    const after = await dynamoDb.sweepExpiredItems();

    expect({ before, after }).toEqual({ before: 0, after: 1 });
    expect(await getItem('expired', table)).toBeUndefined();
    for (const id of ['alive', 'in-milliseconds', 'ancient', 'as-string', 'without']) {
      expect(await getItem(id, table)).toHaveProperty('id');
    }
  });

  test('sweeps every page of a table', async () => {
    await Promise.all(
      Array.from({ length: 250 }, (_, i) =>
        putItem(`many-${i}`, { expiry: { N: `${Math.floor(Date.now() / 1000) - 10}` } }, table),
      ),
    );

    expect(await dynamoDb.sweepExpiredItems()).toBe(250);
  });

  test('is described, refuses to be enabled twice and ends with its table', async () => {
    const whileEnabled = await describeTimeToLive();
    const enabledTwice = await switchTimeToLive(true).catch((error: unknown) => error);
    await client.send(new DeleteTableCommand({ TableName: table }));
    await expect.poll(() => describeTimeToLive().catch((error: Error) => error.name)).toBe('ResourceNotFoundException');
    await createTable(table);

    expect(whileEnabled).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiry' });
    expect(enabledTwice).toMatchObject({ name: 'ValidationException', message: 'TimeToLive is already enabled' });
    expect(await describeTimeToLive()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });
});

describe('the server', () => {
  test('survives a request that its client breaks off', async () => {
    const { port } = new URL(dynamoDb.endpoint);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"Tab', () => socket.destroy());
    await new Promise((resolve) => socket.once('close', resolve));

    await expect(getItem('any')).resolves.toBeUndefined();
  });

  test('refuses web pages of other hosts', async () => {
    const response = await fetch(dynamoDb.endpoint, { method: 'POST', headers: { origin: 'https://example.org' } });

    expect(response.status).toBe(403);
  });
});
