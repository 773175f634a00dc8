// Tests of the life of the database process: its end, its data, its parent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callDynamoDb } from './call-dynamodb.ts';
import { startDynamoDb } from './dynamodb.ts';

const KEY_TABLE = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const ITEM = { id: { S: 'a' }, text: { S: 'kept' } };
let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'dynamodb-process-'));
});

afterEach(async () => {
  await rm(dataFolder, { recursive: true });
});

async function writeItem(endpoint: string): Promise<void> {
  await callDynamoDb(endpoint, 'CreateTable', { TableName: 'kept', ...KEY_TABLE });
  await expect.poll(() => callDynamoDb(endpoint, 'PutItem', { TableName: 'kept', Item: ITEM })).toEqual({});
  await callDynamoDb(endpoint, 'UpdateTimeToLive', {
    TableName: 'kept',
    TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiry' },
  });
}

async function readItemAfterRestart(): Promise<unknown> {
  const dynamoDb = await startDynamoDb({ dataFolder });
  try {
    const { TimeToLiveDescription } = await callDynamoDb<{ TimeToLiveDescription: object }>(
      dynamoDb.endpoint,
      'DescribeTimeToLive',
      { TableName: 'kept' },
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiry' });
    const { Item } = await callDynamoDb<{ Item: unknown }>(dynamoDb.endpoint, 'GetItem', {
      TableName: 'kept',
      Key: { id: ITEM.id },
    });
    return Item;
  } finally {
    await dynamoDb.stop();
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Starts an engine process that only has a DynamoDB, answers its id, its database's id and its endpoint. */
async function startParent(): Promise<{ parentId: number; childId: number; endpoint: string }> {
  const code = `
    import { startDynamoDb } from ${JSON.stringify(import.meta.resolve('./dynamodb.ts'))};
    const { endpoint, processId } = await startDynamoDb({ dataFolder: ${JSON.stringify(dataFolder)} });
    console.log(JSON.stringify({ parentId: process.pid, childId: processId, endpoint }));`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: Buffer[] = await once(parent.stdout, 'data');
  return JSON.parse(String(line));
}

test('data and settings outlast a stop', async () => {
  const dynamoDb = await startDynamoDb({ dataFolder });
  await writeItem(dynamoDb.endpoint);

  await dynamoDb.stop();

  expect(isRunning(dynamoDb.processId)).toBe(false);
  expect(await readItemAfterRestart()).toEqual(ITEM);
});

test('kill -9 of the database is told and loses no answered write', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const dynamoDb = await startDynamoDb({ dataFolder, onUnexpectedExit: resolve });
  await writeItem(dynamoDb.endpoint);

  process.kill(dynamoDb.processId, 'SIGKILL');

  expect(await promise).toBe('signal SIGKILL');
  await expect(dynamoDb.stop()).resolves.toBeUndefined();
  expect(await readItemAfterRestart()).toEqual(ITEM);
});

test('kill -9 of the engine leaves no child and frees the folder', async () => {
  const { parentId, childId, endpoint } = await startParent();
  await writeItem(endpoint);

  process.kill(parentId, 'SIGKILL');

  expect(await readItemAfterRestart()).toEqual(ITEM);
  await expect.poll(() => isRunning(childId), { timeout: 4_000 }).toBe(false);
});

test('the signal of a terminal does not end the database before its engine', async () => {
  const dynamoDb = await startDynamoDb({ dataFolder });

  process.kill(dynamoDb.processId, 'SIGINT');

  await expect(callDynamoDb(dynamoDb.endpoint, 'ListTables', {})).resolves.toEqual({ TableNames: [] });
  await dynamoDb.stop();
});

test('a taken port is an error that says so', async () => {
  const first = await startDynamoDb({ dataFolder });
  const other = await mkdtemp(join(tmpdir(), 'dynamodb-other-'));

  const start = startDynamoDb({ dataFolder: other, port: Number(new URL(first.endpoint).port) });

  await expect(start).rejects.toThrow(/could not start.*EADDRINUSE/);
  await first.stop();
  await rm(other, { recursive: true });
});

test('listens on the loopback interface only', async () => {
  const dynamoDb = await startDynamoDb({ dataFolder });
  const { port } = new URL(dynamoDb.endpoint);
  const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const external = outside.filter(({ internal, family }) => !internal && family === 'IPv4');

  for (const { address } of [...external, { address: '127.0.0.2' }]) {
    await expect(fetch(`http://${address}:${port}`)).rejects.toThrow('fetch failed');
  }
  await dynamoDb.stop();
});

test.for(['PutItem', 'UpdateTimeToLive'])(
  'a client that breaks off while it sends a %s ends nothing',
  async (operation) => {
    const ends: string[] = [];
    const dynamoDb = await startDynamoDb({ dataFolder, onUnexpectedExit: (how) => ends.push(how) });
    try {
      const client = connect(Number(new URL(dynamoDb.endpoint).port), '127.0.0.1');
      const head = ['POST / HTTP/1.1', 'Host: 127.0.0.1', `X-Amz-Target: DynamoDB_20120810.${operation}`];
      client.write([...head, 'Content-Type: application/x-amz-json-1.0', 'Content-Length: 100', '', '{'].join('\r\n'));
      await sleep(100);
      client.resetAndDestroy();
      await sleep(100);
      await expect(callDynamoDb(dynamoDb.endpoint, 'ListTables', {})).resolves.toEqual({ TableNames: [] });
      expect(ends).toEqual([]);
    } finally {
      await dynamoDb.stop();
    }
  },
);
