/** Consumed capacity, where a request asks for it. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { itemOfSize } from './item-of-size.ts';
import type { Item } from './probe-table.ts';
import { shareTable } from './share-table.ts';

const getTable = shareTable();
const READ_AND_WRITE_UNITS = 'DynamoDB read and write operations';
const cases: readonly ConformanceCase[] = [
  {
    name: 'a write consumes a unit for each KB begun',
    source: READ_AND_WRITE_UNITS,
    observe: async (engine) => {
      const { client, name } = await getTable(engine);
      const write = async (Item: Item) => {
        const command = new PutItemCommand({ TableName: name, Item, ReturnConsumedCapacity: 'TOTAL' });
        const { ConsumedCapacity } = await client.send(command);
        return { ...ConsumedCapacity, TableName: ConsumedCapacity?.TableName === name };
      };
      return [await write(itemOfSize('wr00', 1024, 'я')), await write(itemOfSize('wr01', 1026, 'я'))];
    },
    documented: [
      { TableName: true, CapacityUnits: 1 },
      { TableName: true, CapacityUnits: 2 },
    ],
    differences: {
      embedded: {
        observed: [
          { TableName: true, CapacityUnits: 1 },
          { TableName: true, CapacityUnits: 1 },
        ],
        why: 'consumed capacity counts the characters of texts, not their UTF-8 bytes.',
      },
    },
  },
  {
    name: 'a consistent read consumes a unit for each 4 KB begun, another read half of it',
    source: READ_AND_WRITE_UNITS,
    observe: async (engine) => {
      const table = await getTable(engine);
      await table.put({ Item: itemOfSize('read', 4100) });
      const read = async (ConsistentRead: boolean) => {
        const command = new GetItemCommand({
          TableName: table.name,
          Key: { pk: { S: 'read' } },
          ConsistentRead,
          ReturnConsumedCapacity: 'TOTAL',
        });
        return (await table.client.send(command)).ConsumedCapacity?.CapacityUnits;
      };
      return { consistent: await read(true), eventual: await read(false) };
    },
    documented: { consistent: 2, eventual: 1 },
    differences: {
      ministack: {
        observed: { consistent: 1, eventual: 0.5 },
        why: 'a read consumes as one of 4 KB, however large the item.',
      },
    },
  },
  {
    name: 'a read of what is not there consumes as one of a small item',
    source: READ_AND_WRITE_UNITS,
    observe: async (engine) => {
      const { client, name } = await getTable(engine);
      const command = new GetItemCommand({
        TableName: name,
        Key: { pk: { S: 'nothing' } },
        ReturnConsumedCapacity: 'TOTAL',
      });
      return (await client.send(command)).ConsumedCapacity?.CapacityUnits;
    },
    documented: 0.5,
  },
  {
    name: 'no consumed capacity is answered when none is asked for',
    source: READ_AND_WRITE_UNITS,
    observe: async (engine) => {
      const { client, name } = await getTable(engine);
      const { ConsumedCapacity } = await client.send(
        new GetItemCommand({ TableName: name, Key: { pk: { S: 'nothing' } } }),
      );
      return ConsumedCapacity;
    },
    documented: undefined,
  },
];

runCases('DynamoDB: batches and limits', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
