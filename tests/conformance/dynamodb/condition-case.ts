/** Cases that show whether a condition holds, as the condition of a write and as the filter of a query. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ConformanceCase } from '../conformance-case.ts';
import { refusalOf } from './refusal-of.ts';
import { shareTable } from './share-table.ts';

const KEY = { pk: { S: 'sample' } };
const getTable = shareTable(undefined, async (table) => {
  await table.put({
    Item: {
      ...KEY,
      title: { S: 'hello' },
      blank: { S: '' },
      emoji: { S: '😀' },
      amount: { N: '5' },
      low: { N: '-2.5' },
      isOpen: { BOOL: true },
      isClosed: { BOOL: false },
      nothing: { NULL: true },
      bytes: { B: Buffer.from([0xff, 0x00, 0x80]) },
      colours: { SS: ['red', 'green'] },
      sizes: { NS: ['1', '20'] },
      entries: { L: [{ S: 'first' }, { N: '2' }, { BOOL: true }, { M: { deep: { S: 'x' } } }] },
      home: { M: { city: { S: 'Oslo' }, 'street.name': { S: 'Karl' }, size: { N: '3' } } },
    },
  });
});

export interface ConditionCase extends Omit<ConformanceCase, 'source' | 'observe'> {
  readonly condition: string;
  readonly values?: Record<string, AttributeValue>;
  readonly names?: Record<string, string>;
}

const NOT_MET = 'ConditionalCheckFailedException: The conditional request failed';
export const HOLDS = { condition: true, filter: true };
export const FAILS = { condition: false, filter: false };

/** The conditions are about the one item above, which no case changes. */
export function toConditionCase({ condition, values, names, ...rest }: ConditionCase): ConformanceCase {
  return {
    source: 'Condition and filter expressions, operators, and functions in DynamoDB',
    ...rest,
    observe: async (engine) => {
      const table = await getTable(engine);
      const updating = table.update({
        Key: KEY,
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
        ExpressionAttributeNames: names,
      });
      const querying = table.query({
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: condition,
        ExpressionAttributeValues: { ...values, ':pk': KEY.pk },
        ExpressionAttributeNames: names,
      });
      const [ofUpdate, ofQuery] = await Promise.all([refusalOf(updating), refusalOf(querying)]);
      return {
        condition: ofUpdate === NOT_MET ? false : (ofUpdate ?? true),
        filter: ofQuery ?? (await querying).Count === 1,
      };
    },
  };
}
