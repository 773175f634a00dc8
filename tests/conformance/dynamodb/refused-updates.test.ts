/** Updates that DynamoDB refuses. */
import { expect } from 'vitest';
import { runCases } from '../run-cases.ts';
import { shareTable } from './share-table.ts';
import { toUpdateCase, type UpdateCase } from './update-case.ts';

const getTable = shareTable();

const INVALID_PATH = expect.stringMatching(
  /^ValidationException: The document path provided in the update expression is invalid/,
);
const REFUSED = 'ValidationException: Invalid UpdateExpression: ';
const V = { values: { ':v': { N: '1' } } };
const cases: readonly UpdateCase[] = [
  {
    ...V,
    name: 'one path twice is refused',
    update: 'SET a = :v, a = :v',
    documented: `${REFUSED}Two document paths overlap with each other`,
    differences: { ministack: { observed: { a: { N: '1' } }, why: 'paths that overlap are not refused.' } },
  },
  {
    ...V,
    name: 'a path within another is refused',
    update: 'SET a.b = :v REMOVE a',
    documented: `${REFUSED}Two document paths overlap with each other`,
    differences: {
      ministack: {
        observed: 'ValidationException: The document path provided in the update expression is invalid for update: a',
        why: 'paths that overlap are not refused.',
      },
    },
  },
  {
    ...V,
    name: 'an index and a name under one path are refused',
    update: 'SET a.b = :v, a[0] = :v',
    documented: `${REFUSED}Two document paths conflict with each other`,
    differences: {
      ministack: {
        observed: 'ValidationException: The document path provided in the update expression is invalid for update: a',
        why: 'paths that overlap are not refused.',
      },
    },
  },
  {
    ...V,
    name: 'one clause twice is refused',
    update: 'SET a = :v SET b = :v',
    documented: `${REFUSED}The "SET" section can only be used once in an update expression`,
    differences: {
      ministack: { observed: { b: { N: '1' } }, why: 'of a clause that is there twice, the last one counts.' },
    },
  },
  {
    ...V,
    name: 'a part of the key is refused',
    update: 'SET pk = :v',
    documented:
      'ValidationException: One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
  },
  {
    ...V,
    name: 'a path under a missing map is refused',
    update: 'SET a.b = :v',
    before: { b: { S: 'x' } },
    documented: INVALID_PATH,
  },
  {
    ...V,
    name: 'a path under a text is refused',
    update: 'SET b.c = :v',
    before: { b: { S: 'x' } },
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
    ...V,
    name: 'a sum with a missing attribute is refused',
    update: 'SET a = a + :v',
    before: { b: { S: 'x' } },
    documented: 'ValidationException: The provided expression refers to an attribute that does not exist in the item',
  },
  {
    ...V,
    name: 'a sum with a text is refused',
    update: 'SET a = b + :v',
    before: { b: { S: 'x' } },
    documented: 'ValidationException: An operand in the update expression has an incorrect data type',
    differences: { ministack: { observed: { a: { S: 'x' }, b: { S: 'x' } }, why: 'a sum with a text is the text.' } },
  },
  {
    ...V,
    name: 'ADD to a text is refused',
    update: 'ADD b :v',
    before: { b: { S: 'x' } },
    documented: 'ValidationException: An operand in the update expression has an incorrect data type',
  },
  {
    name: 'ADD of a text is refused',
    update: 'ADD a :s',
    values: { ':s': { S: 'x' } },
    documented: `${REFUSED}Incorrect operand type for operator or function`,
  },
  {
    ...V,
    name: 'DELETE of a number is refused',
    update: 'DELETE a :v',
    documented: `${REFUSED}Incorrect operand type for operator or function`,
  },
  {
    name: 'an empty set is refused',
    update: 'SET a = :s',
    values: { ':s': { SS: [] } },
    documented: expect.stringMatching(/^ValidationException: .*may not be empty/),
  },
  {
    name: 'an element twice in a set is refused',
    update: 'SET a = :s',
    values: { ':s': { SS: ['x', 'x'] } },
    documented: expect.stringMatching(/^ValidationException: .*contains duplicates/),
  },
  {
    ...V,
    name: 'a function of conditions is refused',
    update: 'SET a = size(b) + :v',
    documented: expect.stringMatching(/^ValidationException: Invalid UpdateExpression: .*function/),
    differences: {
      ministack: {
        observed: 'ValidationException: The provided expression refers to an attribute that does not exist in the item',
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    ...V,
    name: 'three operands of a sum are refused',
    update: 'SET a = :v + :v + :v',
    documented: `${REFUSED}Syntax error`,
    differences: { ministack: { observed: { a: { N: '3' } }, why: 'a malformed update is carried out all the same.' } },
  },
  {
    ...V,
    name: 'a clause without an attribute is refused',
    update: 'SET',
    documented: `${REFUSED}Syntax error`,
    differences: {
      ministack: {
        observed: 'ValidationException: Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}',
        why: 'some refused expressions get another text than that of DynamoDB.',
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
