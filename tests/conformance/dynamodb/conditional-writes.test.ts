/** What a write does whose condition does not hold. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { refusalOf } from './refusal-of.ts';
import { shareTable } from './share-table.ts';

const getTable = shareTable();

const cases: readonly ConformanceCase[] = [
  {
    name: 'a condition that fails writes nothing',
    source: 'DynamoDB condition expression CLI example',
    observe: async (engine) => {
      const table = await getTable(engine);
      const Item = { pk: { S: 'fails' }, text: { S: 'first' } };
      await table.put({ Item });
      const second = await refusalOf(
        table.put({
          Item: { ...Item, text: { S: 'second' } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return { second, kept: await table.get({ pk: Item.pk }) };
    },
    documented: {
      second: 'ConditionalCheckFailedException: The conditional request failed',
      kept: { pk: { S: 'fails' }, text: { S: 'first' } },
    },
  },
  {
    name: 'a failed condition answers the item when asked for ALL_OLD',
    source: 'UpdateItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      const Item = { pk: { S: 'all-old' }, text: { S: 'first' } };
      await table.put({ Item });
      const update = (ReturnValuesOnConditionCheckFailure: 'ALL_OLD' | 'NONE') =>
        table
          .update({
            Key: { pk: Item.pk },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure,
          })
          .catch((error: unknown) => (error instanceof Error && 'Item' in error ? error.Item : error));
      return { all: await update('ALL_OLD'), none: await update('NONE') };
    },
    documented: { all: { pk: { S: 'all-old' }, text: { S: 'first' } }, none: undefined },
  },
  {
    name: 'a failed condition on a missing item answers no item',
    source: 'UpdateItem',
    observe: async (engine) => {
      const table = await getTable(engine);
      return table
        .update({
          Key: { pk: { S: 'nowhere' } },
          ConditionExpression: 'attribute_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        })
        .catch((error: unknown) => (error instanceof Error && 'Item' in error ? error.Item : error));
    },
    documented: undefined,
  },
  {
    name: 'of ten puts at once that want no item one is taken',
    source: 'DynamoDB condition expression CLI example',
    observe: async (engine) => {
      const table = await getTable(engine);
      const puts = Array.from({ length: 10 }, (_, index) =>
        refusalOf(
          table.put({
            Item: { pk: { S: 'race' }, writer: { N: `${index}` } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      const outcomes = await Promise.all(puts);
      return outcomes.filter((outcome) => outcome === undefined).length;
    },
    documented: 1,
  },
];

runCases('DynamoDB: conditions', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
