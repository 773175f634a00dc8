/** Names and values of expressions, and how large an expression may be. */
import { expect } from 'vitest';
import { runCases } from '../run-cases.ts';
import { type MalformedCase, toMalformedCase } from './malformed-case.ts';

const LOW_AND_HIGH = { ':low': { N: '1' }, ':high': { N: '2' } };

const cases: readonly MalformedCase[] = [
  {
    name: 'a value without a definition is refused',
    source: 'Using expression attribute values in DynamoDB',
    condition: 'a = :x',
    documented:
      'ValidationException: Invalid ConditionExpression: An expression attribute value used in expression is not defined',
  },
  {
    name: 'a name without a definition is refused',
    source: 'Expression attribute names (aliases) in DynamoDB',
    condition: 'attribute_exists(#x)',
    documented:
      'ValidationException: Invalid ConditionExpression: An expression attribute name used in the document path is not defined',
  },
  {
    name: 'a value that nothing uses is refused',
    source: 'Using expression attribute values in DynamoDB',
    condition: 'a = :low',
    values: LOW_AND_HIGH,
    documented: 'ValidationException: Value provided in ExpressionAttributeValues unused in expressions: keys: {:high}',
  },
  {
    name: 'a name that nothing uses is refused',
    source: 'Expression attribute names (aliases) in DynamoDB',
    condition: 'attribute_exists(a)',
    names: { '#x': 'x' },
    documented: 'ValidationException: Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}',
  },
  {
    name: 'values without an expression are refused',
    source: 'UpdateItem',
    values: LOW_AND_HIGH,
    documented: expect.stringMatching(
      /^ValidationException: ExpressionAttributeValues can only be specified when using/,
    ),
  },
  {
    name: 'a value without a colon is refused',
    source: 'Using expression attribute values in DynamoDB',
    condition: 'a = :low',
    values: { low: { N: '1' } },
    documented: 'ValidationException: ExpressionAttributeValues contains invalid key: Syntax error',
    differences: {
      ministack: {
        observed:
          'ValidationException: Invalid ConditionExpression: An expression attribute value used in expression is not defined',
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'an expression of more than 4 KB is refused',
    source: 'Quotas in Amazon DynamoDB',
    condition: `attribute_exists(${'a'.repeat(4096 - 17)})`,
    documented:
      'ValidationException: Invalid ConditionExpression: Expression size has exceeded the maximum allowed size',
  },
  {
    name: 'more than 300 operators are refused',
    source: 'Quotas in Amazon DynamoDB',
    condition: Array.from({ length: 151 }, () => 'a=:v').join(' OR '),
    values: { ':v': { N: '1' } },
    documented: 'ValidationException: Invalid ConditionExpression: The expression contains too many operators',
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'the limit of 300 operators is not there.',
      },
    },
  },
  {
    name: 'more than 100 operands of IN are refused',
    condition: `a IN (${Array.from({ length: 101 }, () => ':v').join(',')})`,
    values: { ':v': { N: '1' } },
    documented: 'ValidationException: Invalid ConditionExpression: The IN operator is provided with too many operands',
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'the limit of 100 values of IN is not there.',
      },
    },
  },
];

runCases('DynamoDB: conditions', cases.map(toMalformedCase), ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
