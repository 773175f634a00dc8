/** One table for all cases of a file, so that a case costs only the requests that it is about. */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import type { Engine } from '../conformance-case.ts';
import { ProbeTable } from './probe-table.ts';

export type TableDefinition = Omit<CreateTableCommandInput, 'TableName' | 'BillingMode'>;

/** Items have a key of one attribute, `pk`, a text. */
const KEY_ONLY: TableDefinition = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
};

/**
 * Answers a function that gives the table of an engine: made at its first use, deleted after the file's last case.
 * Cases run at the same time, so each uses keys of its own.
 *
 * @param fill puts in what cases only read
 */
export function shareTable(
  definition: TableDefinition = KEY_ONLY,
  fill: (table: ProbeTable) => Promise<void> = async () => {},
): (engine: Engine) => Promise<ProbeTable> {
  const tables = new Map<string, Promise<ProbeTable>>();
  afterAll(async () => {
    for (const table of tables.values()) {
      const { client, name } = await table;
      await client.send(new DeleteTableCommand({ TableName: name }));
    }
  });
  return async ({ endpoint, dynamoDb }) => {
    const made = tables.get(endpoint) ?? createTable(dynamoDb, definition, fill);
    tables.set(endpoint, made);
    return made;
  };
}

async function createTable(
  client: DynamoDBClient,
  definition: TableDefinition,
  fill: (table: ProbeTable) => Promise<void>,
): Promise<ProbeTable> {
  const TableName = `conformance-${crypto.randomUUID()}`;
  await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...definition }));
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') break;
    await sleep(50);
  }
  const table = new ProbeTable(client, TableName);
  await fill(table);
  return table;
}
