/** How a handler is found, and what comes of one that is not. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './loading-differences.ts';
import { observeResult } from './invoke-function.ts';

const HANDLER = 'Define Lambda function handler in Node.js';
const TROUBLE = 'Troubleshoot invocation issues in Lambda';
const CALLBACK_MESSAGE =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to ' +
  'modify this function to use a supported handler signature to use Node.js 24 or later. For more information see ' +
  'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

function answers(what: string, functionName: string, documented: unknown): ConformanceCase {
  return { name: what, source: HANDLER, observe: (engine) => observeResult(engine, functionName), documented };
}

function fails(what: string, functionName: string, errorType: string, errorMessage: unknown): ConformanceCase {
  return {
    name: what,
    source: TROUBLE,
    observe: async (engine) => {
      const result = await observeResult(engine, functionName);
      if (typeof result !== 'object' || result === null) return result;
      const { trace, ...error }: { trace?: string[] } = result;
      return { ...error, isTraced: trace?.includes('<stack>') === true };
    },
    documented: { functionError: 'Unhandled', errorType, errorMessage, isTraced: true },
  };
}

const CASES: readonly ConformanceCase[] = [
  answers('a CommonJS module exports a handler', 'probe-commonjs', { kind: 'CommonJS', hasRequire: true }),
  answers('a handler may stand in the default export', 'probe-default-export', 'default export'),
  answers('a handler may stand in a folder and in an exported object', 'probe-nested-path', 'nested'),
  answers('a module may await before it is ready', 'probe-asynchronous-init', 'ready'),
  fails('a callback handler is refused', 'probe-callback', 'Runtime.CallbackHandlerDeprecated', CALLBACK_MESSAGE),
  fails(
    'a handler without its file cannot be found',
    'probe-missing-module',
    'Runtime.ImportModuleError',
    // Then come the paths of the runtime's own files.
    expect.stringMatching(/^Error: Cannot find module 'nowhere'\nRequire stack:\n- /),
  ),
  fails(
    'a handler that is not exported cannot be found',
    'probe-missing-handler',
    'Runtime.HandlerNotFound',
    'results.nowhere is undefined or not exported',
  ),
  fails(
    'a handler that is not a function cannot be used',
    'probe-not-a-function',
    'Runtime.HandlerNotFound',
    'commonjs.answer is not a function',
  ),
  fails(
    'a handler outside of the code cannot be used',
    'probe-malformed-handler',
    'Runtime.MalformedHandlerName',
    "'../functions/results.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
  ),
  fails(
    'a required module that is missing is an import error',
    'probe-missing-require',
    'Runtime.ImportModuleError',
    expect.stringMatching(/^Error: Cannot find module 'not-installed-anywhere'\nRequire stack:\n- /),
  ),
  fails(
    'an imported file that is missing is an error of Node.js',
    'probe-missing-import',
    'Error',
    "Cannot find module '<folder>/not-there.mjs' imported from <folder>/missing-import.mjs",
  ),
  fails(
    'code that cannot be parsed or linked is a syntax error',
    'probe-syntax-error',
    'Runtime.UserCodeSyntaxError',
    "SyntaxError: The requested module './results.mjs' does not provide an export named 'nothing'",
  ),
  fails('a module that throws fails with its error', 'probe-init-throws', 'RangeError', 'not today'),
];

runCases('Lambda: handlers and errors', withDifferences(CASES, DIFFERENCES));
