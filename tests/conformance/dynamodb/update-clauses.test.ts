/** What the clauses of an update make of an item. */
import { runCases } from '../run-cases.ts';
import { shareTable } from './share-table.ts';
import { toUpdateCase, type UpdateCase } from './update-case.ts';

const getTable = shareTable();

const cases: readonly UpdateCase[] = [
  {
    name: 'an update of a missing item makes it',
    update: 'SET a = :x',
    values: { ':x': { S: 'x' } },
    documented: { a: { S: 'x' } },
  },
  { name: 'a removal of a missing item makes it too', update: 'REMOVE a', documented: {} },
  {
    name: 'SET takes the value of another attribute',
    before: { a: { S: 'x' } },
    update: 'SET b = a',
    documented: { a: { S: 'x' }, b: { S: 'x' } },
  },
  {
    name: 'all clauses see the item as it was',
    before: { a: { N: '1' }, b: { N: '2' } },
    update: 'SET a = b, b = a REMOVE c',
    documented: { a: { N: '2' }, b: { N: '1' } },
  },
  {
    name: 'an attribute is moved by SET and REMOVE',
    before: { a: { S: 'x' } },
    update: 'REMOVE a SET b = a',
    documented: { b: { S: 'x' } },
  },
  {
    name: 'if_not_exists keeps what is there and sets what is not',
    before: { a: { N: '7' } },
    update: 'SET a = if_not_exists(a, :zero), b = if_not_exists(b, :zero)',
    values: { ':zero': { N: '0' } },
    documented: { a: { N: '7' }, b: { N: '0' } },
  },
  {
    name: 'if_not_exists starts a counter',
    update: 'SET a = if_not_exists(a, :zero) + :one',
    values: { ':zero': { N: '0' }, ':one': { N: '1' } },
    documented: { a: { N: '1' } },
  },
  {
    name: 'subtraction goes below zero',
    before: { a: { N: '1' } },
    update: 'SET a = a - :v',
    values: { ':v': { N: '2.5' } },
    documented: { a: { N: '-1.5' } },
  },
  { name: 'ADD starts at zero', update: 'ADD a :v', values: { ':v': { N: '5' } }, documented: { a: { N: '5' } } },
  {
    name: 'ADD of a negative number subtracts',
    before: { a: { N: '5' } },
    update: 'ADD a :v',
    values: { ':v': { N: '-7' } },
    documented: { a: { N: '-2' } },
  },
  {
    name: 'ADD joins sets',
    before: { a: { NS: ['1', '2'] } },
    update: 'ADD a :v',
    values: { ':v': { NS: ['2', '3'] } },
    documented: { a: { NS: ['1', '2', '3'] } },
  },
  {
    name: 'DELETE takes out of a set what is in it',
    before: { a: { SS: ['x', 'y'] } },
    update: 'DELETE a :v',
    values: { ':v': { SS: ['y', 'z'] } },
    documented: { a: { SS: ['x'] } },
  },
  {
    name: 'a set that becomes empty is removed',
    before: { a: { SS: ['x'] } },
    update: 'DELETE a :v',
    values: { ':v': { SS: ['x'] } },
    documented: {},
  },
  {
    name: 'DELETE from a missing set does nothing',
    before: { b: { S: 'x' } },
    update: 'DELETE a :v',
    values: { ':v': { SS: ['x'] } },
    documented: { b: { S: 'x' } },
  },
  {
    name: 'a nested attribute is set',
    before: { home: { M: { city: { S: 'Oslo' } } } },
    update: 'SET home.#n = :v REMOVE home.city',
    names: { '#n': 'zip.code' },
    values: { ':v': { S: '0150' } },
    documented: { home: { M: { 'zip.code': { S: '0150' } } } },
  },
  { name: 'an empty text is kept', update: 'SET a = :v', values: { ':v': { S: '' } }, documented: { a: { S: '' } } },
  {
    name: 'an empty list and an empty map are kept',
    update: 'SET a = :l, b = :m',
    values: { ':l': { L: [] }, ':m': { M: {} } },
    documented: { a: { L: [] }, b: { M: {} } },
  },
];

runCases('DynamoDB: updates', cases.map(toUpdateCase(getTable)), [
  'embedded',
  'localstack',
  'ministack',
  'dynamodb-local',
]);
