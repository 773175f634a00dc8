/** Global secondary indexes. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { COLLIDING_KEYS, getQueryTable } from './query-table.ts';

const cases: readonly ConformanceCase[] = [
  {
    name: 'an index has the keys of all items with its attribute and of no others',
    source: 'Using Global Secondary Indexes in DynamoDB',
    observe: async (engine) => {
      const table = await getQueryTable(engine);
      const { Items = [] } = await table.query({
        IndexName: 'by-owner',
        KeyConditionExpression: '#owner = :ann',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':ann': { S: 'ann' } },
      });
      return Items.toSorted((a, b) => ((a['sk']?.S ?? '') < (b['sk']?.S ?? '') ? -1 : 1));
    },
    documented: COLLIDING_KEYS.map((sk) => ({ pk: { S: 'owned' }, sk: { S: sk }, owner: { S: 'ann' } })),
  },
  {
    name: 'an index follows an update of its attribute',
    source: 'Using Global Secondary Indexes in DynamoDB',
    observe: async (engine) => {
      const table = await getQueryTable(engine);
      const Key = { pk: { S: 'moved' }, sk: { S: 'x' } };
      const count = async (owner: string) => {
        const { Count } = await table.query({
          IndexName: 'by-owner',
          KeyConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':owner': { S: owner } },
        });
        return Count;
      };
      await table.put({ Item: { ...Key, owner: { S: 'bob' } } });
      const put = [await count('bob'), await count('cid')];
      await table.update({
        Key,
        UpdateExpression: 'SET #o = :v',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':v': { S: 'cid' } },
      });
      const moved = [await count('bob'), await count('cid')];
      await table.update({ Key, UpdateExpression: 'REMOVE #o', ExpressionAttributeNames: { '#o': 'owner' } });
      return { put, moved, removed: [await count('bob'), await count('cid')] };
    },
    documented: { put: [1, 0], moved: [0, 1], removed: [0, 0] },
  },
];

runCases('DynamoDB: queries and pages', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
