/** Conditions with a wrong syntax, function or operand. */
import { expect } from 'vitest';
import { runCases } from '../run-cases.ts';
import { type MalformedCase, toMalformedCase } from './malformed-case.ts';

const LOW_AND_HIGH = { ':low': { N: '1' }, ':high': { N: '2' } };

const cases: readonly MalformedCase[] = [
  {
    name: 'an expression without an end is refused',
    condition: 'attribute_exists(a',
    documented: 'ValidationException: Invalid ConditionExpression: Syntax error',
  },
  {
    name: 'two operators after each other are refused',
    condition: 'a = = :low',
    values: { ':low': { N: '1' } },
    documented: 'ValidationException: Invalid ConditionExpression: Syntax error',
  },
  {
    name: 'an empty expression is refused',
    condition: '',
    documented: 'ValidationException: Invalid ConditionExpression: The expression can not be empty',
  },
  {
    name: 'a reserved word is refused as a name',
    source: 'Reserved words in DynamoDB',
    condition: 'attribute_exists(status)',
    documented: 'ValidationException: Invalid ConditionExpression: Attribute name is a reserved keyword',
    differences: {
      ministack: {
        observed: 'ValidationException: Invalid UpdateExpression: Attribute name is a reserved keyword',
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'an unknown function is refused',
    condition: 'exists(a)',
    documented: 'ValidationException: Invalid ConditionExpression: Invalid function name',
    differences: {
      ministack: {
        observed: 'ValidationException: Invalid UpdateExpression: Attribute name is a reserved keyword',
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'a function of an update is refused in a condition',
    condition: 'if_not_exists(a, :low)',
    values: { ':low': { N: '1' } },
    documented: expect.stringMatching(/^ValidationException: Invalid ConditionExpression: .*function/),
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'a condition that DynamoDB refuses as malformed is evaluated, and fails.',
      },
    },
  },
  {
    name: 'a function with an operand too many is refused',
    condition: 'attribute_exists(a, b)',
    documented:
      'ValidationException: Invalid ConditionExpression: Incorrect number of operands for operator or function',
    differences: {
      ministack: {
        observed: "ValidationException: Invalid ConditionExpression: Expected RPAREN, got ('COMMA', ',')",
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'size alone is no condition',
    condition: 'size(a)',
    documented:
      'ValidationException: Invalid ConditionExpression: The function is not allowed to be used this way in an expression',
    differences: {
      ministack: {
        observed: 'ValidationException: Invalid ConditionExpression: Syntax error',
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'attribute_exists of a value is refused',
    condition: 'attribute_exists(:low)',
    values: { ':low': { N: '1' } },
    documented: 'ValidationException: Invalid ConditionExpression: Operator or function requires a document path',
    differences: {
      ministack: {
        observed: "ValidationException: Invalid ConditionExpression: Expected RPAREN, got ('VALUE_REF', ':low')",
        why: 'some refused expressions get another text than that of DynamoDB.',
      },
    },
  },
  {
    name: 'begins_with of a number is refused',
    condition: 'begins_with(a, :low)',
    values: { ':low': { N: '1' } },
    documented: 'ValidationException: Invalid ConditionExpression: Incorrect operand type for operator or function',
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'a condition that DynamoDB refuses as malformed is evaluated, and fails.',
      },
    },
  },
  {
    name: 'a comparison with a map by size is refused',
    condition: 'a < :map',
    values: { ':map': { M: {} } },
    documented: 'ValidationException: Invalid ConditionExpression: Incorrect operand type for operator or function',
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'a condition that DynamoDB refuses as malformed is evaluated, and fails.',
      },
    },
  },
  {
    name: 'an unknown type is refused in attribute_type',
    condition: 'attribute_type(a, :t)',
    values: { ':t': { S: 'TEXT' } },
    documented: 'ValidationException: Invalid ConditionExpression: Invalid attribute type name found',
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'a condition that DynamoDB refuses as malformed is evaluated, and fails.',
      },
    },
  },
  {
    name: 'BETWEEN with bounds the wrong way round is refused',
    condition: 'a BETWEEN :high AND :low',
    values: LOW_AND_HIGH,
    documented:
      'ValidationException: Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
  },
  {
    name: 'BETWEEN with bounds of two types is refused',
    condition: 'a BETWEEN :low AND :high',
    values: { ':low': { N: '1' }, ':high': { S: 'x' } },
    documented:
      'ValidationException: Invalid ConditionExpression: The BETWEEN operator requires same data type for lower and upper bounds',
    differences: {
      ministack: {
        observed: 'ConditionalCheckFailedException: The conditional request failed',
        why: 'a condition that DynamoDB refuses as malformed is evaluated, and fails.',
      },
    },
  },
  {
    name: 'an attribute compared with itself is refused',
    condition: 'a = a',
    documented:
      'ValidationException: Invalid ConditionExpression: The first operand must be distinct from the remaining operands for this operator or function',
    differences: { ministack: { observed: undefined, why: 'an attribute may be compared with itself.' } },
  },
  {
    name: 'brackets around brackets are refused',
    condition: '((attribute_exists(a)))',
    documented: 'ValidationException: Invalid ConditionExpression: The expression has redundant parentheses',
  },
];

runCases('DynamoDB: conditions', cases.map(toMalformedCase), ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
