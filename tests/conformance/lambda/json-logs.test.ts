/** The JSON format of logs and its levels. */
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './json-logs-differences.ts';
import { observeJsonLines, observeJsonLog } from './observe-logs.ts';

const FORMAT = 'Using Lambda advanced logging controls with Node.js';
const LEVELS = 'Log-level filtering';
const LINE = { timestamp: '<time>', requestId: '<id>' };
const TYPE_ERROR = { errorType: 'TypeError', errorMessage: 'wrong', stackTrace: ['TypeError: wrong', '<stack>'] };

function logs(what: string, kind: string, documented: readonly unknown[]): ConformanceCase {
  return {
    name: what,
    source: FORMAT,
    observe: (engine) => observeJsonLines(engine, 'probe-logs-json', { kind }),
    documented,
  };
}

function readMessage(line: unknown): unknown {
  return typeof line === 'object' && line !== null ? Reflect.get(line, 'message') : { line };
}

/** The messages that the lines have, for each kind of event. */
async function observeMessages(engine: Engine, kinds: readonly string[]): Promise<object> {
  const lines = await Promise.all(kinds.map((kind) => observeJsonLines(engine, 'probe-logs-json', { kind })));
  return Object.fromEntries(kinds.map((kind, index) => [kind, lines[index]?.map(readMessage)]));
}

const CASES: readonly ConformanceCase[] = [
  logs('JSON: levels below INFO are left out by default', 'levels', [
    { ...LINE, level: 'INFO', message: 'log' },
    { ...LINE, level: 'INFO', message: 'info' },
    { ...LINE, level: 'WARN', message: 'warn' },
    { ...LINE, level: 'ERROR', message: 'error' },
    { ...LINE, level: 'FATAL', message: 'fatal' },
  ]),
  {
    name: 'JSON: an object stays an object, several arguments become one text, and a text stays a text',
    source: FORMAT,
    observe: (engine) => observeMessages(engine, ['object', 'formats', 'lines', 'json']),
    documented: {
      object: [{ text: 'a', list: [1, { deep: { deeper: {} } }] }],
      formats: ['one is 1, {"a":1} [ 2, [length]: 1 ] and more'],
      lines: ['first\nsecond\n\tthird'],
      json: ['{"already":"json"}'],
    },
  },
  {
    name: 'JSON: nothing has no message, and what JSON cannot express is shown as text',
    source: FORMAT,
    observe: (engine) => observeMessages(engine, ['values', 'cycle']),
    documented: {
      values: [undefined, undefined, null, '0n', ''],
      cycle: ["<ref *1> { name: 'round', self: [Circular *1] }"],
    },
  },
  logs('JSON: an error alone is the message', 'error', [{ ...LINE, level: 'ERROR', message: TYPE_ERROR }]),
  logs('JSON: an error after a text stands beside the message', 'errorWithText', [
    { ...LINE, level: 'ERROR', message: 'failed: TypeError: wrong\n<stack>', ...TYPE_ERROR },
  ]),
  logs('JSON: an error inside of an object has its properties', 'errorInObject', [
    { ...LINE, level: 'ERROR', message: { reason: { ...TYPE_ERROR, code: 'E_CODE' } } },
  ]),
  logs('JSON: the standard streams are logged as they are', 'streams', ['plain output', 'plain error']),
  {
    name: 'JSON: the error of a handler is logged',
    source: FORMAT,
    observe: (engine) => observeJsonLines(engine, 'probe-errors-json', { kind: 'properties' }),
    documented: [
      {
        ...LINE,
        level: 'ERROR',
        message: {
          errorType: 'Error',
          errorMessage: 'with more',
          stackTrace: ['Error: with more', '<stack>'],
          code: 'E_MORE',
          details: { count: 2 },
        },
      },
    ],
  },
  {
    name: 'JSON: the level of a function leaves out what is below it, and reports of requests that succeed',
    source: LEVELS,
    observe: (engine) => observeJsonLog(engine, 'probe-logs-json-warn', { kind: 'levels' }),
    documented: [
      { ...LINE, level: 'WARN', message: 'warn' },
      { ...LINE, level: 'ERROR', message: 'error' },
      { ...LINE, level: 'FATAL', message: 'fatal' },
    ],
  },
  {
    name: 'JSON: a request is framed by platform.start and platform.report',
    source: 'Lambda Telemetry API Event schema reference',
    observe: async (engine) => {
      const lines = await observeJsonLog(engine, 'probe-logs-json', { kind: 'json' });
      const events = lines.filter((line) => /platform\.(?:start|report)/.test(JSON.stringify(line)));
      return JSON.parse(JSON.stringify(events), (key, value: unknown) =>
        key === 'initDurationMs' || key === 'functionArn' ? undefined : value,
      );
    },
    documented: [
      { time: '<time>', type: 'platform.start', record: { requestId: '<id>', version: '$LATEST' } },
      {
        time: '<time>',
        type: 'platform.report',
        record: {
          requestId: '<id>',
          metrics: {
            durationMs: '<number>',
            billedDurationMs: '<number>',
            memorySizeMB: '<number>',
            maxMemoryUsedMB: '<number>',
          },
          status: 'success',
        },
      },
    ],
  },
];

runCases('Lambda: logs', withDifferences(CASES, DIFFERENCES));
