/** The table that the cases of queries read. */
import { shareTable } from './share-table.ts';

/** Sort keys whose keys have a hash in common, if a store shortens it to 24 bits to tell items of an index apart. */
export const COLLIDING_KEYS = ['item-3203', 'item-460'];

/** `pk` and `sk` are texts, `place` a number by which an index is sorted. */
export const getQueryTable = shareTable(
  {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'place', AttributeType: 'N' },
      { AttributeName: 'owner', AttributeType: 'S' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-place',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'place', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-owner',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  },
  async (table) => {
    const texts = ['a', 'ab', 'abc', 'b', 'B', 'é', '\uff5e', '😀'];
    for (const sk of texts)
      await table.put({ Item: { pk: { S: 'texts' }, sk: { S: sk }, length: { N: `${sk.length}` } } });
    const places = ['10', '-10', '9', '0', '-9.5', '0.5', '1e20', '1e-20'];
    for (const [index, place] of places.entries())
      await table.put({ Item: { pk: { S: 'numbers' }, sk: { S: `${index}` }, place: { N: place } } });
    for (const sk of COLLIDING_KEYS)
      await table.put({
        Item: { pk: { S: 'owned' }, sk: { S: sk }, owner: { S: 'ann' }, text: { S: 'not projected' } },
      });
    await table.put({ Item: { pk: { S: 'owned' }, sk: { S: 'nobody' } } });
  },
);
