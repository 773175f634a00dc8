/** Batches of writes and of gets. */
import { BatchGetItemCommand, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import type { Item, ProbeTable } from './probe-table.ts';
import { REFUSED, refusalOf } from './refusal-of.ts';
import { shareTable } from './share-table.ts';

const getTable = shareTable();

function keysOf(prefix: string, count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({ pk: { S: `${prefix}-${index}` } }));
}

async function batchPut({ client, name }: ProbeTable, items: Item[]) {
  const { UnprocessedItems } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { [name]: items.map((Item) => ({ PutRequest: { Item } })) } }),
  );
  return UnprocessedItems;
}

async function batchGet({ client, name }: ProbeTable, Keys: Item[]) {
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [name]: { Keys } } }),
  );
  return { items: Responses?.[name] ?? [], unprocessed: UnprocessedKeys?.[name]?.Keys ?? [] };
}

const cases: readonly ConformanceCase[] = [
  {
    name: 'a batch of 25 puts is written and read back',
    source: 'BatchWriteItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const keys = keysOf('put', 25);
      const unprocessed = await batchPut(table, keys);
      const { items } = await batchGet(table, [...keys, { pk: { S: 'missing' } }]);
      return { unprocessed, items: items.length };
    },
    documented: { unprocessed: {}, items: 25 },
  },
  {
    name: 'a batch of 26 puts is refused',
    source: 'BatchWriteItem',
    observe: async (engine) => refusalOf(batchPut(await getTable(engine), keysOf('many', 26))),
    documented: REFUSED,
  },
  {
    name: 'an empty batch of writes is refused',
    source: 'BatchWriteItem',
    observe: async (engine) => refusalOf(batchPut(await getTable(engine), [])),
    documented: REFUSED,
  },
  {
    name: 'one key twice in a batch of writes is refused, and nothing is written',
    source: 'BatchWriteItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const [Item = {}, other = {}] = keysOf('twice', 2);
      const refusal = await refusalOf(batchPut(table, [other, { ...Item, n: { N: '1' } }, { ...Item, n: { N: '2' } }]));
      return { refusal, written: await table.get(other) };
    },
    documented: { refusal: 'ValidationException: Provided list of item keys contains duplicates', written: undefined },
  },
  {
    name: 'one invalid item refuses the whole batch',
    source: 'BatchWriteItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const [Item = {}] = keysOf('invalid', 1);
      const refusal = await refusalOf(batchPut(table, [Item, { text: { S: 'no key' } }]));
      return { refusal, written: await table.get(Item) };
    },
    documented: { refusal: REFUSED, written: undefined },
  },
  {
    name: 'puts and deletes go in one batch',
    source: 'BatchWriteItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const [old = {}, fresh = {}] = keysOf('mixed', 2);
      await table.put({ Item: old });
      await table.client.send(
        new BatchWriteItemCommand({
          RequestItems: { [table.name]: [{ DeleteRequest: { Key: old } }, { PutRequest: { Item: fresh } }] },
        }),
      );
      return [await table.get(old), await table.get(fresh)];
    },
    documented: [undefined, { pk: { S: 'mixed-1' } }],
  },
  {
    name: 'a batch of 100 gets is answered',
    source: 'BatchGetItem',
    observe: async (engine) => batchGet(await getTable(engine), keysOf('absent', 100)),
    documented: { items: [], unprocessed: [] },
  },
  {
    name: 'a batch of 101 gets is refused',
    source: 'BatchGetItem',
    observe: async (engine) => refusalOf(batchGet(await getTable(engine), keysOf('absent', 101))),
    documented: REFUSED,
  },
  {
    name: 'one key twice in a batch of gets is refused',
    source: 'BatchGetItem',
    observe: async (engine) =>
      refusalOf(batchGet(await getTable(engine), [...keysOf('twice', 1), ...keysOf('twice', 1)])),
    documented: 'ValidationException: Provided list of item keys contains duplicates',
  },
  {
    name: 'gets of more than 16 MB leave keys over, and all items come in the end',
    source: 'BatchGetItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const keys = keysOf('large', 45);
      const text = { S: 'x'.repeat(390_000) };
      for (let start = 0; start < keys.length; start += 15)
        await batchPut(
          table,
          keys.slice(start, start + 15).map((key) => ({ ...key, text })),
        );
      const answers = [await batchGet(table, keys)];
      for (let last = answers[0]; last !== undefined && last.unprocessed.length > 0; last = answers.at(-1))
        answers.push(await batchGet(table, last.unprocessed));
      return { isOneAnswer: answers.length === 1, items: answers.flatMap(({ items }) => items).length };
    },
    documented: { isOneAnswer: false, items: 45 },
    differences: { ministack: { observed: { isOneAnswer: true, items: 45 }, why: 'the limit of 16 MB is not there.' } },
  },
  {
    name: 'gets of 2 MB from several partitions come in one answer',
    source: 'BatchGetItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const keys = keysOf('two', 6);
      const text = { S: 'x'.repeat(350_000) };
      await batchPut(
        table,
        keys.map((key) => ({ ...key, text })),
      );
      return (await batchGet(table, keys)).items.length;
    },
    documented: 6,
    differences: {
      embedded: {
        observed: 4,
        why: 'a batch of gets answers up to about 1.4 MB instead of 16 MB and names the other keys as unprocessed.',
      },
    },
  },
];

runCases('DynamoDB: batches and limits', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
