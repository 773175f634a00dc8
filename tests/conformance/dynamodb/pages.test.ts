/** Queries and scans in pages. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { onDynamoDbLocal } from './dynamodb-local-differences.ts';
import type { Item } from './probe-table.ts';
import { readPages } from './read-pages.ts';
import { shareTable, type TableDefinition } from './share-table.ts';

const SIZE_BYTES = 300_000;
const DEFINITION: TableDefinition = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'colour', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-colour',
      KeySchema: [{ AttributeName: 'colour', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** Seven small items: 0 to 6, of which the even ones are red. */
const getSmall = shareTable(DEFINITION, async (table) => {
  for (let n = 0; n < 7; n += 1)
    await table.put({ Item: { pk: { S: 'p' }, sk: { N: `${n}` }, colour: { S: n % 2 === 0 ? 'red' : 'blue' } } });
});
/** Eight items of which four are more than 1 MB. */
const getLarge = shareTable(DEFINITION, async (table) => {
  const text = { S: 'x'.repeat(SIZE_BYTES) };
  for (let n = 0; n < 8; n += 1) await table.put({ Item: { pk: { S: 'p' }, sk: { N: `${n}` }, text } });
});
/** Thirty items, each in a partition of its own. */
const getScattered = shareTable(undefined, async (table) => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => table.put({ Item: { pk: { S: `p${n}` } } })));
});

/** Shows the numbers in each page of the small items, and what Count and ScannedCount say. */
function showPages(query: object): ConformanceCase['observe'] {
  return async (engine) => {
    const table = await getSmall(engine);
    const pages = await readPages((ExclusiveStartKey) =>
      table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'p' } },
        ExclusiveStartKey,
        ...query,
      }),
    );
    return pages.map(({ Items, Count, ScannedCount }) => ({ keys: Items?.map(showKey), Count, ScannedCount }));
  };
}

function showKey({ sk }: Item): number {
  return Number(sk?.N);
}

const PAGINATION = 'Paginating table query results in DynamoDB';
const cases: readonly ConformanceCase[] = [
  {
    name: 'pages follow each other without a gap',
    source: PAGINATION,
    observe: showPages({ Limit: 3 }),
    documented: [
      { keys: [0, 1, 2], Count: 3, ScannedCount: 3 },
      { keys: [3, 4, 5], Count: 3, ScannedCount: 3 },
      { keys: [6], Count: 1, ScannedCount: 1 },
    ],
  },
  {
    name: 'pages go backwards too',
    source: PAGINATION,
    observe: showPages({ Limit: 4, ScanIndexForward: false }),
    documented: [
      { keys: [6, 5, 4, 3], Count: 4, ScannedCount: 4 },
      { keys: [2, 1, 0], Count: 3, ScannedCount: 3 },
    ],
  },
  {
    name: 'a page that ends with the last item has a LastEvaluatedKey, and an empty page follows',
    source: PAGINATION,
    observe: showPages({ Limit: 7 }),
    documented: [
      { keys: [0, 1, 2, 3, 4, 5, 6], Count: 7, ScannedCount: 7 },
      { keys: [], Count: 0, ScannedCount: 0 },
    ],
  },
  {
    name: 'Limit counts items before the filter',
    source: PAGINATION,
    observe: showPages({
      Limit: 4,
      FilterExpression: 'colour = :red',
      ExpressionAttributeValues: { ':pk': { S: 'p' }, ':red': { S: 'red' } },
    }),
    documented: [
      { keys: [0, 2], Count: 2, ScannedCount: 4 },
      { keys: [4, 6], Count: 2, ScannedCount: 3 },
    ],
  },
  {
    name: 'a page may begin where no item is',
    source: 'Query',
    observe: showPages({ ExclusiveStartKey: { pk: { S: 'p' }, sk: { N: '3.5' } } }),
    documented: [{ keys: [4, 5, 6], Count: 3, ScannedCount: 3 }],
  },
  {
    name: 'a range goes on in its next page',
    source: PAGINATION,
    observe: showPages({
      Limit: 2,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
      ExpressionAttributeValues: { ':pk': { S: 'p' }, ':low': { N: '1' }, ':high': { N: '3' } },
    }),
    documented: [
      { keys: [1, 2], Count: 2, ScannedCount: 2 },
      { keys: [3], Count: 1, ScannedCount: 1 },
    ],
  },
  {
    name: 'LastEvaluatedKey of an index has the keys of the index and of the table',
    source: 'Query',
    observe: async (engine) => {
      const table = await getSmall(engine);
      const { LastEvaluatedKey = {} } = await table.query({
        IndexName: 'by-colour',
        KeyConditionExpression: 'colour = :red',
        ExpressionAttributeValues: { ':red': { S: 'red' } },
        Limit: 1,
      });
      return Object.keys(LastEvaluatedKey).toSorted();
    },
    documented: ['colour', 'pk', 'sk'],
  },
  {
    name: 'pages of an index leave out no item of equal index keys',
    source: PAGINATION,
    observe: async (engine) => {
      const table = await getSmall(engine);
      const pages = await readPages((ExclusiveStartKey) =>
        table.query({
          IndexName: 'by-colour',
          KeyConditionExpression: 'colour = :red',
          ExpressionAttributeValues: { ':red': { S: 'red' } },
          Limit: 1,
          ExclusiveStartKey,
        }),
      );
      return pages.flatMap(({ Items = [] }) => Items.map(showKey)).toSorted((a, b) => a - b);
    },
    documented: [0, 2, 4, 6],
  },
  {
    name: 'a page ends at 1 MB',
    source: PAGINATION,
    observe: async (engine) => {
      const table = await getLarge(engine);
      const pages = await readPages((ExclusiveStartKey) =>
        table.query({
          KeyConditionExpression: 'pk = :pk',
          ProjectionExpression: 'sk',
          ExpressionAttributeValues: { ':pk': { S: 'p' } },
          ExclusiveStartKey,
        }),
      );
      const largest = Math.max(...pages.map(({ Count = 0 }) => Count));
      return { isPaged: largest <= 4, keys: pages.flatMap(({ Items = [] }) => Items.map(showKey)) };
    },
    documented: { isPaged: true, keys: [0, 1, 2, 3, 4, 5, 6, 7] },
  },
  {
    name: 'a page ends at 1 MB before the filter',
    source: PAGINATION,
    observe: async (engine) => {
      const table = await getLarge(engine);
      const { Count, LastEvaluatedKey } = await table.query({
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'attribute_not_exists(#text)',
        ExpressionAttributeNames: { '#text': 'text' },
        ExpressionAttributeValues: { ':pk': { S: 'p' } },
      });
      return { Count, isLast: LastEvaluatedKey === undefined };
    },
    documented: { Count: 0, isLast: false },
    differences: onDynamoDbLocal(
      { Count: 0, isLast: true },
      'items that a filter leaves out do not count toward the 1 MB of a page.',
    ),
  },
  {
    name: 'the pages of a scan have every item once',
    source: 'Scanning tables in DynamoDB',
    observe: async (engine) => {
      const table = await getScattered(engine);
      const pages = await readPages((ExclusiveStartKey) => table.scan({ Limit: 7, ExclusiveStartKey }));
      const keys = pages.flatMap(({ Items = [] }) => Items.map(({ pk }) => pk?.S));
      return { items: keys.length, different: new Set(keys).size };
    },
    documented: { items: 30, different: 30 },
  },
  {
    name: 'the segments of a parallel scan have every item once',
    source: 'Scanning tables in DynamoDB',
    observe: async (engine) => {
      const table = await getScattered(engine);
      const segments = await Promise.all([0, 1, 2].map((Segment) => table.scan({ Segment, TotalSegments: 3 })));
      const keys = segments.flatMap(({ Items = [] }) => Items.map(({ pk }) => pk?.S));
      return { items: keys.length, different: new Set(keys).size };
    },
    documented: { items: 30, different: 30 },
  },
];

runCases('DynamoDB: queries and pages', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
