/** What an update answers. */
import { runCases } from '../run-cases.ts';
import { onDynamoDbLocal } from './dynamodb-local-differences.ts';
import { shareTable } from './share-table.ts';
import { toUpdateCase, type UpdateCase } from './update-case.ts';

const getTable = shareTable();

const BEFORE = { a: { N: '1' }, b: { S: 'b' }, home: { M: { city: { S: 'Oslo' }, zip: { S: '0150' } } } };
const CHANGE = {
  before: BEFORE,
  update: 'SET a = :two, home.city = :city REMOVE b',
  values: { ':two': { N: '2' }, ':city': { S: 'Bergen' } },
};

const cases: readonly UpdateCase[] = [
  { ...CHANGE, name: 'NONE answers nothing', ReturnValues: 'NONE', documented: undefined },
  { ...CHANGE, name: 'ALL_OLD answers the item as it was', ReturnValues: 'ALL_OLD', documented: BEFORE },
  {
    ...CHANGE,
    name: 'ALL_NEW answers the item as it is',
    ReturnValues: 'ALL_NEW',
    documented: { a: { N: '2' }, home: { M: { city: { S: 'Bergen' }, zip: { S: '0150' } } } },
  },
  {
    ...CHANGE,
    name: 'UPDATED_OLD answers what was updated, as it was',
    ReturnValues: 'UPDATED_OLD',
    documented: { a: { N: '1' }, b: { S: 'b' }, home: { M: { city: { S: 'Oslo' } } } },
    differences: onDynamoDbLocal(
      { a: { N: '1' }, b: { S: 'b' }, home: BEFORE.home },
      'UPDATED_OLD and UPDATED_NEW answer whole attributes, not the updated parts.',
    ),
  },
  {
    ...CHANGE,
    name: 'UPDATED_NEW answers what was updated, as it is',
    ReturnValues: 'UPDATED_NEW',
    documented: { a: { N: '2' }, home: { M: { city: { S: 'Bergen' } } } },
    differences: onDynamoDbLocal(
      { a: { N: '2' }, home: { M: { city: { S: 'Bergen' }, zip: { S: '0150' } } } },
      'UPDATED_OLD and UPDATED_NEW answer whole attributes, not the updated parts.',
    ),
  },
  {
    name: 'UPDATED_OLD answers nothing when there was nothing',
    update: 'SET a = :v',
    values: { ':v': { N: '1' } },
    ReturnValues: 'UPDATED_OLD',
    documented: undefined,
  },
  {
    name: 'UPDATED_NEW answers nothing when all is removed',
    before: BEFORE,
    update: 'REMOVE a',
    ReturnValues: 'UPDATED_NEW',
    documented: undefined,
    differences: {
      embedded: {
        observed: {},
        why: 'UPDATED_NEW and UPDATED_OLD with nothing to answer answer an empty Attributes instead of none.',
      },
    },
  },
];

runCases('DynamoDB: updates', cases.map(toUpdateCase(getTable)), [
  'embedded',
  'localstack',
  'ministack',
  'dynamodb-local',
]);
