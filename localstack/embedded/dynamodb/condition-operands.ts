/** Operands that DynamoDB refuses in a condition and dynalite lets pass. */
import type { AttributeValue, Condition, Operand } from 'dynalite/db/index.js';
import { typeOf } from './attribute-values.ts';

/** Developer Guide, "Condition and filter expressions, operators, and functions": "The list can contain up to 100 values". */
const MAX_IN_VALUES = 100;
const ORDERED_TYPES = new Set(['S', 'N', 'B']);
const ORDERINGS = new Set(['<', '<=', '>', '>=']);

/** What DynamoDB says of the first wrong operand, or undefined: a value that has no order, or too many values of IN. */
export function findWrongOperand(condition: Condition): string | undefined {
  if (condition.type === 'and' || condition.type === 'or' || condition.type === 'not') {
    return condition.args.map(findWrongOperand).find((problem) => problem !== undefined);
  }
  const { type, args } = condition;
  if (type === 'between') return findUnordered('BETWEEN', args);
  if (ORDERINGS.has(type)) return findUnordered(type, args);
  // The first operand is what is looked for.
  if (type !== 'in' || args.length - 1 <= MAX_IN_VALUES) return undefined;
  return `The IN operator is provided with too many operands; number of operands: ${args.length - 1}`;
}

function findUnordered(operator: string, operands: Operand[]): string | undefined {
  const wrong = operands.find((operand) => isLiteral(operand) && !ORDERED_TYPES.has(typeOf(operand) ?? ''));
  if (wrong === undefined || !isLiteral(wrong)) return undefined;
  return `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(wrong)}`;
}

function isLiteral(operand: Operand): operand is AttributeValue {
  return !Array.isArray(operand) && !('type' in operand);
}
