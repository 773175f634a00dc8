/** list_append. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { runCases } from '../run-cases.ts';
import { shareTable } from './share-table.ts';
import { toUpdateCase, type UpdateCase } from './update-case.ts';

const getTable = shareTable();

function list(...texts: string[]): AttributeValue {
  return { L: texts.map((S) => ({ S })) };
}

const BEFORE = { a: list('0', '1', '2', '3', '4') };
const X = { ':x': { S: 'x' } };

const cases: readonly UpdateCase[] = [
  {
    name: 'list_append adds at the end',
    before: { a: list('0') },
    update: 'SET a = list_append(a, :l)',
    values: { ':l': list('1', '2') },
    documented: { a: list('0', '1', '2') },
  },
  {
    name: 'list_append adds at the front',
    before: { a: list('0') },
    update: 'SET a = list_append(:l, a)',
    values: { ':l': list('1', '2') },
    documented: { a: list('1', '2', '0') },
  },
  {
    name: 'list_append starts a list with if_not_exists',
    update: 'SET a = list_append(if_not_exists(a, :none), :l)',
    values: { ':none': list(), ':l': list('1') },
    documented: { a: list('1') },
  },
  {
    name: 'list_append to a missing list is refused',
    before: { b: list('0') },
    update: 'SET a = list_append(a, :l)',
    values: { ':l': list('1') },
    documented: 'ValidationException: The provided expression refers to an attribute that does not exist in the item',
  },
  {
    name: 'list_append to a text is refused',
    before: { a: { S: 'x' } },
    update: 'SET a = list_append(a, :l)',
    values: { ':l': list('1') },
    documented: 'ValidationException: An operand in the update expression has an incorrect data type',
    differences: { ministack: { observed: { a: list('1') }, why: 'a malformed update is carried out in part.' } },
  },
  {
    name: 'list_append of a text is refused',
    before: BEFORE,
    update: 'SET a = list_append(a, :x)',
    values: X,
    documented: 'ValidationException: Invalid UpdateExpression: Incorrect operand type for operator or function',
    differences: { ministack: { observed: BEFORE, why: 'a malformed update is carried out in part.' } },
  },
];

runCases('DynamoDB: lists', cases.map(toUpdateCase(getTable)), [
  'embedded',
  'localstack',
  'ministack',
  'dynamodb-local',
]);
