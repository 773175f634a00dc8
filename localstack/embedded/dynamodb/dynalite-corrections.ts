// What dynalite lacks or does otherwise than DynamoDB, put right inside its own modules before it starts.
import { createRequire } from 'node:module';
import url from 'node:url';
import { crc32 } from 'node:zlib';
import db from 'dynalite/db/index.js';
import type { DynaliteError, DynaliteStore, IndexDatabase } from 'dynalite/db/index.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import validations from 'dynalite/validations/index.js';
import type { ExpressionRequest, UpdateSection } from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { findWrongOperand } from './condition-operands.ts';
import { findExpressionOverLimit } from './expression-limits.ts';
import { matchesCondition } from './match-condition.ts';
import { keepParsedExpressions } from './parsed-expressions.ts';
import { acceptPlainValues, acceptWellFormedRequests } from './well-formed-requests.ts';

/**
 * Changes the loaded dynalite modules: they work on requests dynalite has parsed anyway, so an ordinary request costs
 * nothing more. Call it once, before the server exists. Answers a function that gives the store of the server made next.
 */
export function correctDynalite(): () => DynaliteStore {
  checkRequests();
  evaluateConditions();
  returnItemOnFailedCondition();
  countItemBytes();
  keepIndexEntriesApart();
  useNativeChecksums();
  parseQueriesOnly();
  return captureStore();
}

function checkRequests(): void {
  validations.checkTypes = acceptWellFormedRequests(validations.checkTypes);
  validations.validateAttributeValue = acceptPlainValues(validations.validateAttributeValue);
  const parseExpressions = validations.validateExpressions;
  const parseAndCheck = (request: ExpressionRequest): string | undefined => {
    const problem = findExpressionOverLimit(request) ?? parseExpressions(request);
    if (problem !== undefined) return problem;
    const { _updates: updates, _condition: condition, _filter: filter } = request;
    if (updates !== undefined) updates.sections = orderListRemovals(updates.sections);
    const inCondition = condition && findWrongOperand(condition.expression);
    if (inCondition !== undefined) return `Invalid ConditionExpression: ${inCondition}`;
    const inFilter = filter && findWrongOperand(filter.expression);
    return inFilter && `Invalid FilterExpression: ${inFilter}`;
  };
  validations.validateExpressions = keepParsedExpressions(parseAndCheck, validations.validateAttributeValue);
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

/** Has conditions of writes and filters of reads evaluated by {@link matchesCondition}. */
function evaluateConditions(): void {
  const { checkConditional, queryTable } = db;
  db.checkConditional = (request, existingItem) => {
    const { _condition: condition } = request;
    if (condition === undefined) return checkConditional(request, existingItem);
    return matchesCondition(existingItem ?? {}, condition.expression) ? null : describeFailedCondition();
  };
  db.queryTable = (store, table, request, options, isLocal, isFromTable, keyNames, done) => {
    const { _filter: filter, _projection: projection, Select, ...unfiltered } = request;
    if (filter === undefined) {
      queryTable(store, table, request, options, isLocal, isFromTable, keyNames, done);
      return;
    }
    queryTable(store, table, unfiltered, options, isLocal, isFromTable, keyNames, (error, page) => {
      if (page === undefined) return done(error);
      const { Items = [], ...rest } = page;
      const found = Items.filter((item) => matchesCondition(item, filter.expression));
      const projected = projection ? found.map((item) => db.mapPaths(projection.paths, item)) : found;
      done(null, { ...rest, Count: found.length, ...(Select !== 'COUNT' && { Items: projected }) });
    });
  };
}

function describeFailedCondition(): DynaliteError {
  const message = 'The conditional request failed';
  const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
  return Object.assign(db.validationError(message), { body: { __type: type, message } });
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

/** The limit of an item's size is one of UTF-8 bytes (Developer Guide, "Item sizes and formats"); dynalite counts UTF-16. */
function countItemBytes(): void {
  const { itemSize, MAX_SIZE } = db;
  db.itemSize = (item) => {
    const length = itemSize(item);
    // No UTF-16 unit takes more than three bytes: what is far from the limit need not be counted.
    return length * 3 < MAX_SIZE ? length : length + countBytesBeyondLength(item);
  };
}

function countBytesBeyondLength(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) - value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const [name, part] of Object.entries(value))
    count += countBytesBeyondLength(name) + countBytesBeyondLength(part);
  return count;
}

/**
 * dynalite tells items of equal index keys apart by 24 bits of a hash: of some thousands, one overwrites another. Here
 * the key of the table follows.
 */
function keepIndexEntriesApart(): void {
  const { createIndexKey, updateIndexes } = db;
  db.createIndexKey = (item, table, keySchema) =>
    `${createIndexKey(item, table, keySchema)}/${db.createKey(item, table)}`;
  db.updateIndexes = (store, table, existingItem, item, done) => {
    const version = item ?? existingItem;
    if (!version || !(table.GlobalSecondaryIndexes ?? table.LocalSecondaryIndexes)) return done(null);
    const suffix = `/${db.createKey(version, table)}`;
    const getIndexDb: DynaliteStore['getIndexDb'] = (...names) => appendToKeys(store.getIndexDb(...names), suffix);
    updateIndexes({ getIndexDb }, table, existingItem, item, done);
  };
}

function appendToKeys(index: IndexDatabase, suffix: string): IndexDatabase {
  return {
    put: (key, item, done) => index.put(key + suffix, item, done),
    del: (key, done) => index.del(key + suffix, done),
  };
}

/** dynalite counts the checksum of each answer in JavaScript, which takes a tenth of the time of a long one. */
function useNativeChecksums(): void {
  const checksums: { unsigned: (text: string) => number } = createRequire(import.meta.resolve('dynalite'))(
    'buffer-crc32',
  );
  checksums.unsigned = (text) => crc32(text);
}

/**
 * dynalite has the address of each request parsed for a signature in its query string. Node.js looks up who calls that old
 * parser, to warn of it, which takes longer than the parsing.
 */
function parseQueriesOnly(): void {
  const { parse }: typeof url = { ...url };
  Object.assign(url, {
    parse: (address: string, ...rest: never[]) => (address === '/' ? { query: {} } : parse(address, ...rest)),
  });
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
