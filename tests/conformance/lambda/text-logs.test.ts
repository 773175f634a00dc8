/** The text format of logs, as an invocation returns it with the log type Tail. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './text-logs-differences.ts';
import { observeTextLines, observeTextLog, readLogTail } from './observe-logs.ts';

const LOGS = 'Log and monitor Node.js Lambda functions';
const ERRORS = 'Lambda function errors in Node.js';

function logs(what: string, kind: string, documented: readonly unknown[]): ConformanceCase {
  return {
    name: what,
    source: LOGS,
    observe: (engine) => observeTextLines(engine, 'probe-logs', { kind }),
    documented,
  };
}

function logsError(what: string, kind: string, documented: unknown): ConformanceCase {
  return {
    name: what,
    source: ERRORS,
    observe: async (engine) => {
      const [line = '', ...others] = await observeTextLines(engine, 'probe-errors', { kind });
      const start = line.indexOf('\t{');
      if (start === -1) return [line, ...others];
      const { stack, ...error } = JSON.parse(line.slice(start));
      return { line: line.slice(0, start), ...error, stack: stack?.[0] };
    },
    documented: { line: '<time>\t<id>\tERROR\tInvoke Error ', ...Object(documented) },
  };
}

const CASES: readonly ConformanceCase[] = [
  {
    name: 'a request is framed by START, END and REPORT',
    source: LOGS,
    observe: (engine) => observeTextLog(engine, 'probe-logs', { kind: 'object' }),
    documented: [
      'START RequestId: <id> Version: $LATEST',
      "<time>\t<id>\tINFO\t{ text: 'a', list: [ 1, { deep: [Object] } ] }",
      'END RequestId: <id>',
      'REPORT RequestId: <id>\tDuration: <number> ms\tBilled Duration: <number> ms\tMemory Size: 128 MB\tMax Memory Used: <number> MB',
    ],
  },
  logs('each method of the console has a level', 'levels', [
    '<time>\t<id>\tTRACE\ttrace',
    '<time>\t<id>\tDEBUG\tdebug',
    '<time>\t<id>\tINFO\tlog',
    '<time>\t<id>\tINFO\tinfo',
    '<time>\t<id>\tWARN\twarn',
    '<time>\t<id>\tERROR\terror',
    '<time>\t<id>\tFATAL\tfatal',
  ]),
  logs('texts are formatted as Node.js does', 'formats', [
    `<time>\t<id>\tINFO\tone is 1, {"a":1} [ 2, [length]: 1 ] and more`,
  ]),
  logs('nothing, null and an empty text are logged as well', 'values', [
    '<time>\t<id>\tINFO\tundefined',
    '<time>\t<id>\tINFO\tundefined',
    '<time>\t<id>\tINFO\tnull',
    '<time>\t<id>\tINFO\t0n',
    '<time>\t<id>\tINFO',
  ]),
  logs('a text of several lines stays one', 'lines', ['<time>\t<id>\tINFO\tfirst', 'second', '\tthird']),
  logs('the standard streams are logged as they are', 'streams', ['plain output', 'plain error']),
  logs('an error is logged with its stack', 'error', ['<time>\t<id>\tERROR\tTypeError: wrong', '<stack>']),
  logsError('the error of a handler is logged as JSON', 'error', {
    errorType: 'Error',
    errorMessage: 'no luck',
    stack: 'Error: no luck',
  }),
  logsError('properties of an error are logged', 'properties', {
    errorType: 'Error',
    errorMessage: 'with more',
    code: 'E_MORE',
    details: { count: 2 },
    stack: 'Error: with more',
  }),
  logsError('a thrown text is logged as an error', 'text', {
    errorType: 'Error',
    errorMessage: 'just text',
    stack: 'Error: just text',
  }),
  {
    name: 'what ends the runtime is logged',
    source: ERRORS,
    observe: async (engine) => {
      const lines = await observeTextLines(engine, 'probe-crashes', { kind: 'exception' });
      return lines.some((line) => line.includes('Error: nobody catches'));
    },
    documented: true,
  },
  {
    name: 'a timeout is logged, and the report has its status',
    source: 'Troubleshoot invocation issues in Lambda',
    observe: async (engine) => {
      const lines = await observeTextLog(engine, 'probe-sleep', { ms: 5_000 });
      return lines.filter((line) => !/^(?:START|END) /.test(line));
    },
    documented: [
      '<time>\t<id>\tINFO\tgoing to sleep',
      '<time> <id> Task timed out after 1.00 seconds',
      'REPORT RequestId: <id>\tDuration: <number> ms\tBilled Duration: <number> ms\tMemory Size: 128 MB\tMax Memory Used: <number> MB\tStatus: timeout',
    ],
  },
  {
    name: 'the tail is the last 4 KB',
    source: 'Invoke',
    observe: async (engine) => {
      const tail = await readLogTail(engine, 'probe-logs', { kind: 'many' });
      return {
        bytes: Buffer.byteLength(tail),
        hasLast: tail.includes('line 199 '),
        hasFirst: tail.includes('line 0 '),
      };
    },
    documented: { bytes: 4096, hasLast: true, hasFirst: false },
  },
];

runCases('Lambda: logs', withDifferences(CASES, DIFFERENCES));
