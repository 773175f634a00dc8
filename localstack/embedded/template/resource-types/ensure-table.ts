// Creates a DynamoDB table, or keeps the one of the last run if it still fits the template.
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { callDynamoDb, DynamoDbError } from '../../dynamodb/call-dynamodb.ts';
import { createPhysicalName } from '../physical-names.ts';
import type { ResourceContext, ResourceResult } from './resource-type.ts';

const MAX_NAME_LENGTH = 255;
const POLL_MS = 5;

interface KeyElement {
  AttributeName: string;
  KeyType: string;
}
interface Index {
  IndexName: string;
  KeySchema: KeyElement[];
  Projection: object;
  ProvisionedThroughput?: object | undefined;
}
/** What makes a table what it is, in the words of the DynamoDB API. */
export interface TableProperties {
  TableName?: string | undefined;
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  KeySchema: KeyElement[];
  BillingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  ProvisionedThroughput?: object | undefined;
  LocalSecondaryIndexes?: Index[] | undefined;
  GlobalSecondaryIndexes?: Index[] | undefined;
  TimeToLiveSpecification?: { AttributeName?: string | undefined; Enabled: boolean } | undefined;
}
type StoredTable = TableProperties & { TableStatus: string; TableArn: string };

/** Rejects if a table of that name has other keys or indexes than the template. */
export async function ensureTable(properties: TableProperties, context: ResourceContext): Promise<ResourceResult> {
  const { stackName, logicalId, dynamoDbEndpoint: endpoint } = context;
  const name = properties.TableName ?? createPhysicalName(stackName, logicalId, MAX_NAME_LENGTH);
  const existing = await describeTable(endpoint, name);
  if (existing === undefined) await callDynamoDb(endpoint, 'CreateTable', describeCreation(name, properties));
  else refuseOtherKeys(name, existing, properties);
  const { TableArn: arn } = await waitUntilActive(endpoint, name);
  await setTimeToLive(endpoint, name, properties.TimeToLiveSpecification);
  context.created.tables.push({ name, arn });
  return { ref: name, attributes: { Arn: arn } };
}

function describeCreation(name: string, properties: TableProperties): object {
  return {
    TableName: name,
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    BillingMode: properties.BillingMode,
    ProvisionedThroughput: properties.ProvisionedThroughput,
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes?.map(describeIndex),
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(describeIndex),
  };
}

function describeIndex({ IndexName, KeySchema, Projection, ProvisionedThroughput }: Index): Index {
  return { IndexName, KeySchema, Projection, ProvisionedThroughput };
}

async function describeTable(endpoint: string, name: string): Promise<StoredTable | undefined> {
  try {
    const { Table } = await callDynamoDb<{ Table: StoredTable }>(endpoint, 'DescribeTable', { TableName: name });
    return Table;
  } catch (error) {
    if (error instanceof DynamoDbError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function waitUntilActive(endpoint: string, name: string): Promise<StoredTable> {
  for (;;) {
    const table = await describeTable(endpoint, name);
    if (table?.TableStatus === 'ACTIVE') return table;
    await sleep(POLL_MS);
  }
}

function refuseOtherKeys(name: string, existing: TableProperties, wanted: TableProperties): void {
  const before = summarizeKeys(existing);
  const after = summarizeKeys(wanted);
  const differences = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((part) => !isDeepStrictEqual(before[part], after[part]))
    .map(
      (part) => `${part} is ${before[part] ?? 'missing'} in the data folder, ${after[part] ?? 'none'} in the template`,
    );
  if (differences.length === 0) return;
  throw new Error(
    `The table ${name} of an earlier run differs from the template: ${differences.join('; ')}. ` +
      'Keys and indexes cannot be changed here; start with an empty data folder.',
  );
}

/** The key of the table and of each index as `pk (S), sk (N)`, with what an index projects. */
function summarizeKeys(table: TableProperties): Record<string, string> {
  const types = new Map(
    table.AttributeDefinitions.map((attribute) => [attribute.AttributeName, attribute.AttributeType]),
  );
  const describeKey = (keys: KeyElement[]): string =>
    keys.map(({ AttributeName }) => `${AttributeName} (${types.get(AttributeName)})`).join(', ');
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    'the key': describeKey(table.KeySchema),
    ...Object.fromEntries(
      indexes.map((index) => [
        `the index ${index.IndexName}`,
        `${describeKey(index.KeySchema)} with ${JSON.stringify(index.Projection)}`,
      ]),
    ),
  };
}

async function setTimeToLive(
  endpoint: string,
  name: string,
  wanted: TableProperties['TimeToLiveSpecification'],
): Promise<void> {
  const { TimeToLiveDescription } = await callDynamoDb<{ TimeToLiveDescription: { AttributeName?: string } }>(
    endpoint,
    'DescribeTimeToLive',
    { TableName: name },
  );
  const before = TimeToLiveDescription.AttributeName;
  const after = wanted?.Enabled === true ? wanted.AttributeName : undefined;
  if (before === after) return;
  const update = (attribute: string, enabled: boolean): Promise<unknown> =>
    callDynamoDb(endpoint, 'UpdateTimeToLive', {
      TableName: name,
      TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled },
    });
  if (before !== undefined) await update(before, false);
  if (after !== undefined) await update(after, true);
}
