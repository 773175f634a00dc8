/** The sizes, keys and values of items. */
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { itemOfSize } from './item-of-size.ts';
import type { Item } from './probe-table.ts';
import { REFUSED, refusalOf } from './refusal-of.ts';
import { shareTable } from './share-table.ts';

const getTable = shareTable();
const ITEM_LIMIT_BYTES = 400 * 1024;

function nest(depth: number): AttributeValue {
  return depth === 0 ? { S: 'deep' } : { L: [nest(depth - 1)] };
}

/** A value of each type; sets of one element, as they have no order. */
const TYPES: Item = {
  text: { S: 'ü \u0000 😀' },
  number: { N: '-1.5' },
  bytes: { B: new Uint8Array([0, 255]) },
  flag: { BOOL: false },
  nothing: { NULL: true },
  texts: { SS: ['x'] },
  numbers: { NS: ['0.1'] },
  binaries: { BS: [new Uint8Array([1])] },
  list: { L: [{ S: '' }, { L: [] }, { M: {} }] },
  map: { M: { 'a name with a space': { S: '' } } },
};

const cases: readonly ConformanceCase[] = [
  {
    name: 'an item of 400 KB is taken',
    source: 'Quotas in Amazon DynamoDB',
    observe: async (engine) => refusalOf((await getTable(engine)).put({ Item: itemOfSize('full', ITEM_LIMIT_BYTES) })),
    documented: undefined,
  },
  {
    name: 'an item of a byte more is refused',
    source: 'Quotas in Amazon DynamoDB',
    observe: async (engine) =>
      refusalOf((await getTable(engine)).put({ Item: itemOfSize('over', ITEM_LIMIT_BYTES + 1) })),
    documented: 'ValidationException: Item size has exceeded the maximum allowed size',
  },
  {
    name: 'the size of a text is that of its UTF-8 bytes',
    source: 'DynamoDB Item sizes and formats',
    observe: async (engine) => {
      const table = await getTable(engine);
      return {
        full: await refusalOf(table.put({ Item: itemOfSize('cyr0', ITEM_LIMIT_BYTES, 'я') })),
        over: await refusalOf(table.put({ Item: itemOfSize('cyr1', ITEM_LIMIT_BYTES + 2, 'я') })),
      };
    },
    documented: { full: undefined, over: 'ValidationException: Item size has exceeded the maximum allowed size' },
  },
  {
    name: 'an update that makes an item too large is refused and changes nothing',
    source: 'Quotas in Amazon DynamoDB',
    observe: async (engine) => {
      const table = await getTable(engine);
      const Key = { pk: { S: 'grows' } };
      await table.put({ Item: { ...Key, first: { S: 'я'.repeat(150_000) } } });
      const refusal = await refusalOf(
        table.update({
          Key,
          UpdateExpression: 'SET #second = :text',
          ExpressionAttributeNames: { '#second': 'second' },
          ExpressionAttributeValues: { ':text': { S: 'я'.repeat(60_000) } },
        }),
      );
      return { refusal, attributes: Object.keys((await table.get(Key)) ?? {}).toSorted() };
    },
    documented: {
      refusal: 'ValidationException: Item size to update has exceeded the maximum allowed size',
      attributes: ['first', 'pk'],
    },
  },
  {
    name: 'a key of 2048 bytes is taken and one of more refused',
    source: 'Quotas in Amazon DynamoDB',
    observe: async (engine) => {
      const table = await getTable(engine);
      return {
        full: await refusalOf(table.put({ Item: { pk: { S: 'k'.repeat(2048) } } })),
        over: await refusalOf(table.put({ Item: { pk: { S: 'k'.repeat(2049) } } })),
      };
    },
    documented: { full: undefined, over: REFUSED },
  },
  {
    name: 'an empty key is refused',
    source: 'Supported data types and naming rules in Amazon DynamoDB',
    observe: async (engine) => refusalOf((await getTable(engine)).put({ Item: { pk: { S: '' } } })),
    documented: expect.stringMatching(/^ValidationException: .*cannot contain an empty string value. Key: pk/),
  },
  {
    name: 'a key of another type is refused',
    source: 'PutItem',
    observe: async (engine) => refusalOf((await getTable(engine)).put({ Item: { pk: { N: '1' } } })),
    documented: REFUSED,
  },
  {
    name: 'a put without a key is refused',
    source: 'PutItem',
    observe: async (engine) => refusalOf((await getTable(engine)).put({ Item: { text: { S: 'x' } } })),
    documented: REFUSED,
  },
  {
    name: 'a get with an attribute more than the key is refused',
    source: 'GetItem',
    observe: async (engine) => refusalOf((await getTable(engine)).get({ pk: { S: 'x' }, sk: { S: 'y' } })),
    documented: REFUSED,
  },
  {
    name: 'a missing table is not found',
    source: 'PutItem',
    observe: async ({ dynamoDb }) =>
      refusalOf(dynamoDb.send(new PutItemCommand({ TableName: 'conformance-none', Item: { pk: { S: 'x' } } }))),
    documented: expect.stringMatching(/^ResourceNotFoundException: /),
  },
  {
    name: 'attributes are nested up to 32 levels',
    source: 'Quotas in Amazon DynamoDB',
    observe: async (engine) => {
      const table = await getTable(engine);
      return {
        full: await refusalOf(table.put({ Item: { pk: { S: 'nested' }, a: nest(30) } })),
        over: await refusalOf(table.put({ Item: { pk: { S: 'nested-over' }, a: nest(40) } })),
      };
    },
    documented: {
      full: undefined,
      over: REFUSED,
    },
    differences: {
      embedded: { observed: { full: undefined, over: undefined }, why: 'the limit of 32 nested levels is not there.' },
    },
  },
  {
    name: 'every type comes back as it was put',
    source: 'Supported data types and naming rules in Amazon DynamoDB',
    observe: async (engine) => {
      const table = await getTable(engine);
      await table.put({ Item: { pk: { S: 'types' }, ...TYPES } });
      return table.get({ pk: { S: 'types' } });
    },
    documented: { pk: { S: 'types' }, ...TYPES },
  },
];

runCases('DynamoDB: batches and limits', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
