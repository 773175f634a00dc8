/** Cases of conditions that DynamoDB refuses before it looks at an item. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ConformanceCase } from '../conformance-case.ts';
import { refusalOf } from './refusal-of.ts';
import { shareTable } from './share-table.ts';

const getTable = shareTable();

export interface MalformedCase extends Omit<ConformanceCase, 'source' | 'observe'> {
  readonly source?: string;
  readonly condition?: string;
  readonly values?: Record<string, AttributeValue>;
  readonly names?: Record<string, string>;
}

export function toMalformedCase({ condition, values, names, ...rest }: MalformedCase): ConformanceCase {
  return {
    source: 'Condition and filter expressions, operators, and functions in DynamoDB',
    ...rest,
    observe: async (engine) => {
      const table = await getTable(engine);
      const updating = table.update({
        Key: { pk: { S: 'none' } },
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
        ExpressionAttributeNames: names,
      });
      return refusalOf(updating);
    },
  };
}
