/** Updates of list elements by their index. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { runCases } from '../run-cases.ts';
import { onDynamoDbLocal } from './dynamodb-local-differences.ts';
import { shareTable } from './share-table.ts';
import { toUpdateCase, type UpdateCase } from './update-case.ts';

const getTable = shareTable();

function list(...texts: string[]): AttributeValue {
  return { L: texts.map((S) => ({ S })) };
}

const BEFORE = { a: list('0', '1', '2', '3', '4') };
const VALUES = { ':x': { S: 'x' }, ':y': { S: 'y' } };
const X = { ':x': { S: 'x' } };
const INVALID_PATH = expect.stringMatching(
  /^ValidationException: The document path provided in the update expression is invalid/,
);

const cases: readonly UpdateCase[] = [
  {
    name: 'several elements are removed by their places before the update',
    before: BEFORE,
    update: 'REMOVE a[0], a[2], a[3]',
    documented: { a: list('1', '4') },
    differences: {
      ministack: {
        observed: { a: list('1', '2', '4') },
        why: 'of several elements removed by their indexes, others are removed: each removal shifts those after it.',
      },
    },
  },
  {
    name: 'the order of the removals makes no difference',
    before: BEFORE,
    update: 'REMOVE a[3], a[0], a[2]',
    documented: { a: list('1', '4') },
    differences: {
      ministack: {
        observed: { a: list('1', '2') },
        why: 'of several elements removed by their indexes, others are removed: each removal shifts those after it.',
      },
    },
  },
  {
    name: 'an element is set by its place before a removal',
    before: BEFORE,
    update: 'REMOVE a[0] SET a[2] = :x',
    values: X,
    documented: { a: list('1', 'x', '3', '4') },
  },
  { name: 'a removal beyond the end does nothing', before: BEFORE, update: 'REMOVE a[7]', documented: BEFORE },
  {
    name: 'a list whose elements are all removed is kept empty',
    before: { a: list('0') },
    update: 'REMOVE a[0]',
    documented: { a: { L: [] } },
  },
  {
    name: 'an element is set',
    before: BEFORE,
    update: 'SET a[1] = :x',
    values: X,
    documented: { a: list('0', 'x', '2', '3', '4') },
  },
  {
    name: 'an element set beyond the end is appended',
    before: { a: list('0') },
    update: 'SET a[9] = :x',
    values: X,
    documented: { a: list('0', 'x') },
  },
  {
    name: 'elements set beyond the end are appended in the order of their indexes',
    before: { a: list('0') },
    update: 'SET a[30] = :y, a[20] = :x',
    values: VALUES,
    documented: { a: list('0', 'x', 'y') },
    differences: {
      ministack: {
        observed: { a: list('0', 'y', 'x') },
        why: 'elements set beyond the end are appended in the order of the expression.',
      },
    },
  },
  {
    name: 'the largest index is accepted',
    before: { a: list('0') },
    update: 'SET a[65535] = :x',
    values: X,
    documented: { a: list('0', 'x') },
  },
  {
    name: 'an element of a missing list is refused',
    before: { b: list('0') },
    update: 'SET a[0] = :x',
    values: X,
    documented: INVALID_PATH,
  },
  {
    name: 'an element of a map is refused',
    before: { a: { M: {} } },
    update: 'SET a[0] = :x',
    values: X,
    documented: INVALID_PATH,
    differences: { ministack: { observed: { a: { M: {} } }, why: 'a malformed update is carried out in part.' } },
  },
  {
    name: 'a name in a list is refused',
    before: BEFORE,
    update: 'SET a.b = :x',
    values: X,
    documented: INVALID_PATH,
    differences: {
      ministack: {
        observed:
          'ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'a negative index is refused',
    before: BEFORE,
    update: 'REMOVE a[-1]',
    documented: 'ValidationException: Invalid UpdateExpression: Syntax error',
    differences: { ministack: { observed: {}, why: 'REMOVE a[-1] removes the whole list.' } },
  },
  {
    name: 'an element of a list in a list is removed',
    before: { a: { L: [list('0', '1', '2'), list('3', '4')] } },
    update: 'REMOVE a[0][0], a[0][2], a[1][1]',
    documented: { a: { L: [list('1'), list('3')] } },
    differences: {
      ministack: {
        observed: { a: { L: [list('1', '2'), list('3')] } },
        why: 'of several elements removed by their indexes, others are removed: each removal shifts those after it.',
      },
    },
  },
  {
    name: 'a list and an element of another in it are removed',
    before: { a: { L: [list('0'), list('1', '2')] } },
    update: 'REMOVE a[0], a[1][0]',
    documented: { a: { L: [list('2')] } },
    differences: {
      ministack: {
        observed: { a: { L: [list('1', '2')] } },
        why: 'of several elements removed by their indexes, others are removed: each removal shifts those after it.',
      },
    },
  },
  {
    name: 'an attribute of a map in a list is set',
    before: { a: { L: [{ M: { n: { N: '1' } } }] } },
    update: 'SET a[0].n = a[0].n + :one, a[0].m = :one',
    values: { ':one': { N: '1' } },
    documented: { a: { L: [{ M: { n: { N: '2' }, m: { N: '1' } } }] } },
  },
  {
    name: 'UPDATED_NEW answers the elements that were set',
    before: BEFORE,
    update: 'SET a[1] = :x, a[3] = :y',
    values: VALUES,
    ReturnValues: 'UPDATED_NEW',
    documented: { a: list('x', 'y') },
    differences: {
      ...onDynamoDbLocal(
        { a: list('0', 'x', '2', 'y', '4') },
        'UPDATED_OLD and UPDATED_NEW answer whole attributes, not the updated parts.',
      ),
      ministack: { observed: { a: list('0', 'x', '2', 'y', '4') }, why: 'UPDATED_NEW answers the whole list.' },
    },
  },
  {
    name: 'one element removed and set is refused',
    before: BEFORE,
    update: 'REMOVE a[1] SET a[1] = :x',
    values: X,
    documented: 'ValidationException: Invalid UpdateExpression: Two document paths overlap with each other',
    differences: {
      ministack: { observed: { a: list('0', '2', '3', '4') }, why: 'paths that overlap are not refused.' },
    },
  },
];

runCases('DynamoDB: lists', cases.map(toUpdateCase(getTable)), [
  'embedded',
  'localstack',
  'ministack',
  'dynamodb-local',
]);
