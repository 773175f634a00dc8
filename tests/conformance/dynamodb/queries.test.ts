/** Which items a query finds, and in which order. */
import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import type { Item } from './probe-table.ts';
import { getQueryTable } from './query-table.ts';

type Query = Omit<QueryCommandInput, 'TableName'>;

/** Shows the sort keys that a query finds. */
function findKeys(query: Query): ConformanceCase['observe'] {
  return async (engine) => {
    const table = await getQueryTable(engine);
    const { Items } = await table.query(query);
    return Items?.map(({ sk }) => sk?.S);
  };
}

function inTexts(condition: string, values: Item = {}, query: Query = {}): ConformanceCase['observe'] {
  return findKeys({
    KeyConditionExpression: `pk = :pk${condition}`,
    ExpressionAttributeValues: { ':pk': { S: 'texts' }, ...values },
    ...query,
  });
}

const KEY_CONDITIONS = 'Key condition expressions for the Query operation in DynamoDB';
const cases: readonly ConformanceCase[] = [
  {
    name: 'text sort keys are in the order of their UTF-8 bytes',
    source: 'Querying tables in DynamoDB',
    observe: inTexts(''),
    documented: ['B', 'a', 'ab', 'abc', 'b', 'é', '\uff5e', '😀'],
  },
  {
    name: 'ScanIndexForward: false turns the order round',
    source: 'Querying tables in DynamoDB',
    observe: inTexts('', {}, { ScanIndexForward: false }),
    documented: ['😀', '\uff5e', 'é', 'b', 'abc', 'ab', 'a', 'B'],
  },
  {
    name: 'begins_with finds the text itself too',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND begins_with(sk, :s)', { ':s': { S: 'ab' } }),
    documented: ['ab', 'abc'],
  },
  {
    name: 'BETWEEN finds both bounds',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND sk BETWEEN :a AND :b', { ':a': { S: 'a' }, ':b': { S: 'b' } }),
    documented: ['a', 'ab', 'abc', 'b'],
  },
  {
    name: '< leaves its bound out',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND sk < :s', { ':s': { S: 'ab' } }),
    documented: ['B', 'a'],
  },
  {
    name: '<= takes its bound in',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND sk <= :s', { ':s': { S: 'ab' } }),
    documented: ['B', 'a', 'ab'],
  },
  {
    name: '> leaves its bound out',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND sk > :s', { ':s': { S: 'é' } }),
    documented: ['\uff5e', '😀'],
  },
  {
    name: '>= takes its bound in',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND sk >= :s', { ':s': { S: 'é' } }),
    documented: ['é', '\uff5e', '😀'],
  },
  {
    name: '= finds one',
    source: KEY_CONDITIONS,
    observe: inTexts(' AND sk = :s', { ':s': { S: 'ab' } }),
    documented: ['ab'],
  },
  {
    name: 'number sort keys are in the order of the numbers',
    source: 'Querying tables in DynamoDB',
    observe: findKeys({
      IndexName: 'by-place',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'numbers' } },
    }),
    documented: ['1', '4', '3', '7', '5', '2', '0', '6'],
  },
  {
    name: 'a range of numbers crosses zero',
    source: KEY_CONDITIONS,
    observe: findKeys({
      IndexName: 'by-place',
      KeyConditionExpression: 'pk = :pk AND place BETWEEN :low AND :high',
      ExpressionAttributeValues: { ':pk': { S: 'numbers' }, ':low': { N: '-9.5' }, ':high': { N: '9' } },
    }),
    documented: ['4', '3', '7', '5', '2'],
  },
  {
    name: 'a filter reduces Count, not ScannedCount',
    source: 'Filter expressions for the Query operation in DynamoDB',
    observe: async (engine) => {
      const table = await getQueryTable(engine);
      return table.query({
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#length > :n',
        ProjectionExpression: 'sk',
        ExpressionAttributeNames: { '#length': 'length' },
        ExpressionAttributeValues: { ':pk': { S: 'texts' }, ':n': { N: '1' } },
      });
    },
    documented: { Count: 3, ScannedCount: 8, Items: [{ sk: { S: 'ab' } }, { sk: { S: 'abc' } }, { sk: { S: '😀' } }] },
  },
  {
    name: 'Select: COUNT answers no items',
    source: 'Query',
    observe: async (engine) => {
      const table = await getQueryTable(engine);
      return table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'texts' } },
        Select: 'COUNT',
      });
    },
    documented: { Count: 8, ScannedCount: 8 },
  },
  {
    name: 'a query of a missing partition finds nothing',
    source: 'Query',
    observe: async (engine) => {
      const table = await getQueryTable(engine);
      return table.query({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'none' } } });
    },
    documented: { Count: 0, ScannedCount: 0, Items: [] },
  },
];

runCases('DynamoDB: queries and pages', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
