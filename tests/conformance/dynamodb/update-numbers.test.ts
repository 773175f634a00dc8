/** Numbers in updates. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { onDynamoDbLocal } from './dynamodb-local-differences.ts';
import { shareTable } from './share-table.ts';
import { toUpdateCase, type UpdateCase } from './update-case.ts';

const getTable = shareTable();

const PRECISE = '0.12345678901234567890123456789012345678';

const numbers: readonly UpdateCase[] = [
  {
    name: 'a number keeps 38 digits',
    update: 'SET a = :v',
    values: { ':v': { N: PRECISE } },
    documented: { a: { N: PRECISE } },
  },
  {
    name: 'a sum keeps 38 digits',
    before: { a: { N: '12345678901234567890123456789012345677' } },
    update: 'ADD a :v',
    values: { ':v': { N: '1' } },
    documented: { a: { N: '12345678901234567890123456789012345678' } },
    differences: {
      ministack: { observed: { a: { N: '12345678901234567890123456790000000000' } }, why: 'sums keep 28 digits.' },
    },
  },
  {
    name: 'a number is kept without needless zeros',
    update: 'SET a = :v, b = :w, c = :z',
    values: { ':v': { N: '007.50' }, ':w': { N: '1.5e3' }, ':z': { N: '-0.0' } },
    documented: { a: { N: '7.5' }, b: { N: '1500' }, c: { N: '0' } },
    differences: onDynamoDbLocal(
      { a: { N: '007.50' }, b: { N: '1.5e3' }, c: { N: '-0.0' } },
      'numbers are kept as they were written.',
    ),
  },
  {
    name: 'a number of 39 digits is refused',
    update: 'SET a = :v',
    values: { ':v': { N: '123456789012345678901234567890123456789' } },
    documented: expect.stringMatching(/^ValidationException: .*38/),
  },
  {
    name: 'a number over the range is refused',
    update: 'SET a = :v',
    values: { ':v': { N: '1e126' } },
    documented: expect.stringMatching(/^ValidationException: .*Number overflow/),
  },
  {
    name: 'a text that is no number is refused',
    update: 'SET a = :v',
    values: { ':v': { N: 'one' } },
    documented: expect.stringMatching(/^ValidationException: .*(number|numeric)/),
  },
  {
    name: 'a sum of more than 38 digits is refused',
    before: { a: { N: '12345678901234567890123456789012345678' } },
    update: 'ADD a :v',
    values: { ':v': { N: '0.1' } },
    documented: expect.stringMatching(/^ValidationException: .*38/),
    differences: {
      ministack: { observed: { a: { N: '12345678901234567890123456790000000000' } }, why: 'sums keep 28 digits.' },
      embedded: {
        observed: { a: { N: '12345678901234567890123456789012345678.1' } },
        why: 'a sum of more than 38 digits is stored: dynalite checks the digits of what is sent only.',
      },
    },
  },
];

const concurrent: ConformanceCase = {
  name: 'no increment of twenty at once is lost',
  source: 'UpdateItem',
  observe: async (engine) => {
    const table = await getTable(engine);
    const Key = { pk: { S: 'counter' } };
    const increment = () =>
      table.update({
        Key,
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'UPDATED_NEW',
      });
    const seen = await Promise.all(Array.from({ length: 20 }, increment));
    return new Set(seen.map((attributes) => attributes?.['n']?.N)).size;
  },
  documented: 20,
};

runCases(
  'DynamoDB: updates',
  [...numbers.map(toUpdateCase(getTable)), concurrent],
  ['embedded', 'localstack', 'ministack', 'dynamodb-local'],
);
