/** What comes of what a handler returns and throws. */
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './handlers-differences.ts';
import { observeResult } from './invoke-function.ts';

const HANDLER = 'Define Lambda function handler in Node.js';
const ERRORS = 'Lambda function errors in Node.js';

function describeError(errorType: string, errorMessage: string): object {
  return { functionError: 'Unhandled', errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`, '<stack>'] };
}

function returns(name: string, event: unknown, documented: unknown): ConformanceCase {
  return { name, source: HANDLER, observe: (engine) => observeResult(engine, 'probe-results', event), documented };
}

function throws(name: string, event: object, documented: object): ConformanceCase {
  return { name, source: ERRORS, observe: (engine) => observeResult(engine, 'probe-errors', event), documented };
}

/** What comes of each kind of event, by kind. */
async function observeKinds(engine: Engine, functionName: string, kinds: readonly string[]): Promise<object> {
  const results = await Promise.all(kinds.map((kind) => observeResult(engine, functionName, { kind })));
  return Object.fromEntries(kinds.map((kind, index) => [kind, results[index]]));
}

const NOT_JSON = 'Unable to stringify response body';

const CASES: readonly ConformanceCase[] = [
  {
    name: 'results are answered as JSON writes them',
    source: HANDLER,
    observe: (engine) => observeKinds(engine, 'probe-results', ['object', 'null', 'text', 'number', 'date', 'holes']),
    documented: {
      object: { text: 'grüße', list: [1, null, true] },
      null: null,
      text: 'text',
      number: 0,
      date: '1970-01-01T00:00:00.000Z',
      holes: { kept: 1, list: [null], notANumber: null },
    },
  },
  returns('a handler that returns nothing answers null', { kind: 'nothing' }, null),
  returns('a promise of a handler that is not async is awaited', { kind: 'promise' }, 'later'),
  returns('a request without a payload has the event {}', undefined, { event: {} }),
  returns('an event need not be an object', 'text', { event: 'text' }),
  {
    name: 'a result that is not JSON is an error',
    source: ERRORS,
    observe: (engine) => observeKinds(engine, 'probe-results', ['cycle', 'bigint']),
    documented: {
      cycle: describeError('Runtime.JSONStringifyError', NOT_JSON),
      bigint: describeError('Runtime.JSONStringifyError', NOT_JSON),
    },
  },
  throws('a thrown error has its name, message and stack', { kind: 'error' }, describeError('Error', 'no luck')),
  throws(
    'a rejected promise is a thrown error',
    { kind: 'error', isRejection: true },
    describeError('Error', 'no luck'),
  ),
  {
    name: 'the type of an error is its name, not its class',
    source: ERRORS,
    observe: (engine) => observeKinds(engine, 'probe-errors', ['subclass', 'unnamed', 'builtIn']),
    documented: {
      subclass: describeError('OrderError', 'no order'),
      unnamed: describeError('Error', 'no name'),
      builtIn: describeError('RangeError', 'too far'),
    },
  },
  throws(
    'a message of several lines stands so in the trace',
    { kind: 'lines' },
    { ...describeError('Error', 'first\nsecond'), trace: ['Error: first', 'second', '<stack>'] },
  ),
  throws(
    'further properties of an error are not answered',
    { kind: 'properties' },
    describeError('Error', 'with more'),
  ),
  {
    name: 'what is thrown and is no error has its type and no trace',
    source: ERRORS,
    observe: (engine) => observeKinds(engine, 'probe-errors', ['text', 'nothing', 'object']),
    documented: {
      text: { ...describeError('string', 'just text'), trace: [] },
      nothing: { ...describeError('undefined', 'undefined'), trace: [] },
      object: { ...describeError('object', '[object Object]'), trace: [] },
    },
  },
];

runCases('Lambda: handlers and errors', withDifferences(CASES, DIFFERENCES));
