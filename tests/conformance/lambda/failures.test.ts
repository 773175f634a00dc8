/** What a caller sees of an environment that ends or takes too long. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './failures-differences.ts';
import { invoke, observeResult } from './invoke-function.ts';

const TROUBLE = 'Troubleshoot invocation issues in Lambda';
const LIFECYCLE = 'Understanding the Lambda execution environment lifecycle';

function ends(what: string, event: object, reason: string): ConformanceCase {
  return {
    name: what,
    source: TROUBLE,
    observe: (engine) => observeResult(engine, 'probe-crashes', event),
    documented: {
      functionError: 'Unhandled',
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: <id> Error: ${reason}`,
    },
  };
}

const CASES: readonly ConformanceCase[] = [
  ends('process.exit(0) leaves no reason', { kind: 'exit', code: 0 }, 'Runtime exited without providing a reason'),
  ends('process.exit(3) leaves its code', { kind: 'exit', code: 3 }, 'Runtime exited with error: exit status 3'),
  ends('an unhandled rejection ends the runtime', { kind: 'rejection' }, 'Runtime exited with error: exit status 1'),
  ends('an uncaught exception ends the runtime', { kind: 'exception' }, 'Runtime exited with error: exit status 1'),
  {
    name: 'after a crash the next request has a new environment',
    source: LIFECYCLE,
    observe: async (engine) => {
      await invoke(engine, 'probe-crashes', { kind: 'exit', code: 1 });
      return observeResult(engine, 'probe-crashes', {});
    },
    documented: 'alive',
  },
  {
    name: 'a function that takes longer than its timeout is ended',
    source: 'Configure Lambda function timeout',
    observe: (engine) => observeResult(engine, 'probe-sleep', { ms: 5_000 }),
    documented: {
      functionError: 'Unhandled',
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: <id> Error: Task timed out after 1.00 seconds',
    },
  },
  {
    name: 'a function that blocks its event loop is ended as well, and the next request is served',
    source: 'Configure Lambda function timeout',
    observe: async (engine) => {
      const { functionError } = await invoke(engine, 'probe-sleep', { ms: 5_000, isBlocking: true });
      return [functionError, await observeResult(engine, 'probe-sleep', { ms: 1 })];
    },
    documented: ['Unhandled', 'slept'],
  },
];

runCases('Lambda: handlers and errors', withDifferences(CASES, DIFFERENCES));
