/** Queries that DynamoDB refuses. */
import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { getQueryTable } from './query-table.ts';
import { REFUSED, refusalOf } from './refusal-of.ts';

function refuse(query: Omit<QueryCommandInput, 'TableName'>): ConformanceCase['observe'] {
  return async (engine) => {
    const table = await getQueryTable(engine);
    return refusalOf(table.query(query));
  };
}

const KEY_CONDITIONS = 'Key condition expressions for the Query operation in DynamoDB';
const PK = { ':pk': { S: 'texts' } };
const cases: readonly ConformanceCase[] = [
  {
    name: 'a query without the partition key is refused',
    source: KEY_CONDITIONS,
    observe: refuse({ KeyConditionExpression: 'sk = :pk', ExpressionAttributeValues: PK }),
    documented: REFUSED,
  },
  {
    name: 'a range of partition keys is refused',
    source: KEY_CONDITIONS,
    observe: refuse({ KeyConditionExpression: 'pk > :pk', ExpressionAttributeValues: PK }),
    documented: REFUSED,
  },
  {
    name: 'contains on a sort key is refused',
    source: KEY_CONDITIONS,
    observe: refuse({ KeyConditionExpression: 'pk = :pk AND contains(sk, :pk)', ExpressionAttributeValues: PK }),
    documented: 'ValidationException: Invalid operator used in KeyConditionExpression: contains',
    differences: { ministack: { observed: undefined, why: 'a malformed key condition is not refused.' } },
  },
  {
    name: 'OR in a key condition is refused',
    source: KEY_CONDITIONS,
    observe: refuse({ KeyConditionExpression: 'pk = :pk OR pk = :pk', ExpressionAttributeValues: PK }),
    documented: 'ValidationException: Invalid operator used in KeyConditionExpression: OR',
    differences: { ministack: { observed: undefined, why: 'a malformed key condition is not refused.' } },
  },
  {
    name: 'a key value of another type is refused',
    source: KEY_CONDITIONS,
    observe: refuse({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { N: '1' } } }),
    documented:
      'ValidationException: One or more parameter values were invalid: Condition parameter type does not match schema type',
  },
  {
    name: 'a filter on a key is refused',
    source: 'Filter expressions for the Query operation in DynamoDB',
    observe: refuse({
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'begins_with(sk, :pk)',
      ExpressionAttributeValues: PK,
    }),
    documented:
      'ValidationException: Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    differences: { ministack: { observed: undefined, why: 'a filter may use the key.' } },
  },
  {
    name: 'a missing index is refused',
    source: 'Query',
    observe: refuse({ IndexName: 'by-nothing', KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: PK }),
    documented: 'ValidationException: The table does not have the specified index: by-nothing',
    differences: {
      localstack: {
        observed: 'ResourceNotFoundException: Index not found',
        why: 'a missing index is a ResourceNotFoundException: LocalStack looks for it before DynamoDB Local does.',
      },
    },
  },
  {
    name: 'a consistent read of a global index is refused',
    source: 'Query',
    observe: refuse({
      IndexName: 'by-owner',
      KeyConditionExpression: '#owner = :pk',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: PK,
      ConsistentRead: true,
    }),
    documented: REFUSED,
  },
  {
    name: 'a starting key of another partition is refused',
    source: 'Query',
    observe: refuse({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: PK,
      ExclusiveStartKey: { pk: { S: 'numbers' }, sk: { S: '0' } },
    }),
    documented: REFUSED,
  },
  {
    name: 'a starting key without the sort key is refused',
    source: 'Query',
    observe: refuse({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: PK,
      ExclusiveStartKey: { pk: { S: 'texts' } },
    }),
    documented: REFUSED,
  },
  {
    name: 'a limit of zero is refused',
    source: 'Query',
    observe: refuse({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: PK, Limit: 0 }),
    documented: expect.stringMatching(/^ValidationException: .*greater than or equal to 1/),
  },
];

runCases('DynamoDB: queries and pages', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
