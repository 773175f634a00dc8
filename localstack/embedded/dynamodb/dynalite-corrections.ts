// What dynalite lacks or does otherwise than DynamoDB, put right inside its own modules before it starts.
import db from 'dynalite/db/index.js';
import type { DynaliteStore } from 'dynalite/db/index.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import validations from 'dynalite/validations/index.js';
import type { UpdateSection } from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { findExpressionOverLimit } from './expression-limits.ts';

/**
 * Changes the loaded dynalite modules: they work on requests dynalite has parsed anyway, so an ordinary request costs
 * nothing more. Call it once, before the server exists. Answers a function that gives the store of the server made next.
 */
export function correctDynalite(): () => DynaliteStore {
  checkExpressionLimits();
  returnItemOnFailedCondition();
  return captureStore();
}

function checkExpressionLimits(): void {
  const parseExpressions = validations.validateExpressions;
  validations.validateExpressions = (request) => {
    const problem = findExpressionOverLimit(request) ?? parseExpressions(request);
    const { _updates: updates } = request;
    if (updates !== undefined) updates.sections = orderListRemovals(updates.sections);
    return problem;
  };
}

/**
 * Puts the removals of list elements last and from the back of each list to its front: DynamoDB resolves every index
 * against the item as it was, while dynalite removes one after the other and so shifts what follows.
 */
export function orderListRemovals(sections: UpdateSection[]): UpdateSection[] {
  const removals = sections.filter(isListRemoval);
  if (removals.length === 0) return sections;
  return [
    ...sections.filter((section) => !isListRemoval(section)),
    ...removals.toSorted((a, b) => comparePaths(b.path, a.path)),
  ];
}

function isListRemoval({ type, path }: UpdateSection): boolean {
  return type === 'remove' && typeof path.at(-1) === 'number';
}

function comparePaths(a: (string | number)[], b: (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  const [left, right] = [a[at], b[at]];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : 1;
}

/** `ReturnValuesOnConditionCheckFailure: ALL_OLD` (API reference of PutItem, UpdateItem, DeleteItem). */
function returnItemOnFailedCondition(): void {
  for (const { types } of [putItem, updateItem, deleteItem]) {
    types['ReturnValuesOnConditionCheckFailure'] = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  }
  const { checkConditional } = db;
  db.checkConditional = (request, existingItem) => {
    const error = checkConditional(request, existingItem);
    if (error?.body && existingItem && request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') {
      error.body.Item = existingItem;
    }
    return error;
  };
}

function captureStore(): () => DynaliteStore {
  let captured: DynaliteStore | undefined;
  const { create } = db;
  db.create = (options) => {
    captured = create(options);
    closeIterators(captured);
    return captured;
  };
  return () => {
    if (captured === undefined) throw new Error('dynalite has made no store yet; make the server first');
    return captured;
  };
}

/** dynalite ends its LevelDB iterators by `return`, which Level's have not: every Query and Scan would leave one open for good. */
function closeIterators({ db: level }: DynaliteStore): void {
  for (const method of ['values', 'keys'] as const) {
    const open = level[method].bind(level);
    level[method] = (options) => {
      const iterator = open(options);
      iterator.return = () => iterator.close();
      return iterator;
    };
  }
}
