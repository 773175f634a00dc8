/** Whether a condition holds of an item (Developer Guide, "Condition and filter expressions, operators, and functions"). */
import type { AttributeValue, Condition, DocumentPath, Item, Operand } from 'dynalite/db/index.js';
import { beginsWith, compareValues, contains, isEqual, measureValue, typeOf } from './attribute-values.ts';

/**
 * Whether a condition that dynalite has parsed holds. dynalite's own evaluation knows no equality of lists and maps,
 * takes `false` and empty texts for missing attributes and orders texts by UTF-16.
 */
export function matchesCondition(item: Item, condition: Condition): boolean {
  if (condition.type === 'and') return condition.args.every((part) => matchesCondition(item, part));
  if (condition.type === 'or') return condition.args.some((part) => matchesCondition(item, part));
  if (condition.type === 'not') return !condition.args.some((part) => matchesCondition(item, part));
  const operator = condition.type === 'function' ? condition.name : condition.type;
  return holds(
    operator,
    condition.args.map((operand) => resolve(operand, item)),
  );
}

/** Undefined for a path at which the item has nothing: then only attribute_not_exists and `<>` hold. */
type Resolved = AttributeValue | undefined;

function holds(operator: string, [first, ...others]: Resolved[]): boolean {
  const [second, third] = others;
  if (operator === 'attribute_not_exists') return first === undefined;
  if (operator === 'attribute_exists') return first !== undefined;
  if (operator === '<>') return !areBoth(isEqual, first, second);
  if (operator === '=') return areBoth(isEqual, first, second);
  if (operator === 'in') return others.some((candidate) => areBoth(isEqual, first, candidate));
  if (operator === 'between') return order(first, second) >= 0 && order(first, third) <= 0;
  if (operator === '<') return order(first, second) < 0;
  if (operator === '<=') return order(first, second) <= 0;
  if (operator === '>') return order(first, second) > 0;
  if (operator === '>=') return order(first, second) >= 0;
  if (operator === 'begins_with') return areBoth(beginsWith, first, second);
  if (operator === 'contains') return areBoth(contains, first, second);
  if (operator === 'attribute_type') return first !== undefined && typeOf(first) === second?.S;
  throw new Error(`dynalite parsed a condition with "${operator}", which the engine does not know`);
}

type Relation = (first: AttributeValue, second: AttributeValue) => boolean;

function areBoth(relation: Relation, first: Resolved, second: Resolved): boolean {
  return first !== undefined && second !== undefined && relation(first, second);
}

/** Below zero, zero or above; NaN, which compares as nothing, if one is missing or they have no order. */
function order(first: Resolved, second: Resolved): number {
  return first === undefined || second === undefined ? Number.NaN : compareValues(first, second);
}

function resolve(operand: Operand, item: Item): Resolved {
  if (Array.isArray(operand)) return findValue(operand, item);
  if (!('type' in operand)) return operand;
  const [measured] = operand.args.map((argument) => resolve(argument, item));
  const size = measured && measureValue(measured);
  return size === undefined ? undefined : { N: `${size}` };
}

function findValue(path: DocumentPath, item: Item): Resolved {
  let found: Resolved = { M: item };
  for (const step of path) {
    if (typeof step === 'number') found = found?.L?.[step];
    // An item is a plain object, which has a `toString` of its own.
    else found = found?.M && Object.hasOwn(found.M, step) ? found.M[step] : undefined;
  }
  return found;
}
