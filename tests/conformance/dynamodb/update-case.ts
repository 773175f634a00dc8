/** Cases that show what an update makes of an item. */
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import type { Item, ProbeTable } from './probe-table.ts';
import { refusalOf } from './refusal-of.ts';

export interface UpdateCase extends Omit<ConformanceCase, 'source' | 'observe'> {
  readonly source?: string;
  /** The item without its key; none by default. */
  readonly before?: Item;
  readonly update: string;
  readonly values?: Item;
  readonly names?: Record<string, string>;
  readonly ReturnValues?: UpdateItemCommandInput['ReturnValues'];
  /** The item without its key, what ReturnValues asks for, or the refusal. */
  readonly documented: unknown;
}

/** Each case has an item of its own. */
export function toUpdateCase(getTable: (engine: Engine) => Promise<ProbeTable>) {
  return ({ before, update, values, names, ReturnValues, ...rest }: UpdateCase, index: number): ConformanceCase => ({
    source: 'Using update expressions in DynamoDB',
    ...rest,
    observe: async (engine) => {
      const table = await getTable(engine);
      const Key = { pk: { S: `update-${index}` } };
      if (before !== undefined) await table.put({ Item: { ...Key, ...before } });
      const updated = table.update({
        Key,
        UpdateExpression: update,
        ExpressionAttributeValues: values,
        ExpressionAttributeNames: names,
        ReturnValues,
      });
      const refusal = await refusalOf(updated);
      if (refusal !== undefined) return refusal;
      const seen = ReturnValues === undefined ? await table.get(Key) : await updated;
      if (seen === undefined) return undefined;
      const { pk: _, ...attributes } = seen;
      return attributes;
    },
  });
}
