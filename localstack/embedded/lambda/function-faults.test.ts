// What callers get when functions fail, and that the engine and the next request survive it.
import { afterEach, describe, expect, it } from 'vitest';
import { TemporaryService, type TemporaryServiceOptions } from './temporary-service.ts';
import type { FunctionSettings } from './lambda-service.ts';

let lambda: TemporaryService;
function start(code: string, overrides: Partial<FunctionSettings> = {}, options: TemporaryServiceOptions = {}) {
  lambda = new TemporaryService(options);
  lambda.addFunction(code, overrides);
}
afterEach(() => lambda.remove());

const WAIT = 'const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));';

describe.each(['lambda', 'managed'] as const)('A fault in the mode %s', (mode) => {
  it('is answered with type, message and trace if the handler throws, and the environment goes on', async () => {
    start(
      `let count = 0;
       export const handler = async ({ fails }) => { count++; if (fails) throw new TypeError('no'); return count; };`,
      {},
      { mode },
    );

    const result = await lambda.invoke({ fails: true });

    expect(result.functionError).toBe('Unhandled');
    expect(JSON.parse(result.payload)).toEqual({
      errorType: 'TypeError',
      errorMessage: 'no',
      trace: expect.arrayContaining(['TypeError: no']),
    });
    expect(await lambda.call({})).toBe(2);
  });

  it.each([
    ['setTimeout(() => { throw new RangeError("late"); })', 'RangeError: late'],
    ['Promise.reject(new RangeError("lost"))', 'RangeError: lost'],
    ['Promise.reject("text")', 'with the reason "text"'],
  ])('ends the environment after "%s" and leaves the error to the log', async (statement, logged) => {
    start(
      `let count = 0;
       export const handler = async ({ fails }) => {
         count++;
         if (fails) { ${statement}; await new Promise(() => {}); }
         return count;
       };`,
      {},
      { mode },
    );

    const { requestId, payload } = await lambda.invoke({ fails: true });

    expect(JSON.parse(payload)).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 1`,
    });
    expect(await lambda.call({})).toBe(1);
    expect((await lambda.stopAndReadLog()).join('\n')).toContain(logged);
  });

  it.each([
    [1, 'Runtime exited with error: exit status 1'],
    [0, 'Runtime exited without providing a reason'],
  ])('of process.exit(%i) answers every request in flight', async (exitCode, reason) => {
    start(
      `export const handler = async ({ exitCode }) => {
         if (exitCode === undefined) return 'served';
         setTimeout(() => process.exit(exitCode), 50);
         await new Promise(() => {});
       };`,
      {},
      { mode, maxEnvironments: 10 },
    );

    const results = await Promise.all(
      Array.from({ length: mode === 'managed' ? 10 : 2 }, () => lambda.invoke({ exitCode })),
    );

    for (const { requestId, functionError, payload } of results) {
      expect(functionError).toBe('Unhandled');
      expect(JSON.parse(payload)).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${requestId} Error: ${reason}`,
      });
    }
    expect(await lambda.call({})).toBe('served');
  });

  it('of a handler that never yields is a timeout, and the next request has a new environment', async () => {
    start(
      `let count = 0;
       export const handler = async ({ blocks }) => { count++; while (blocks); return count; };`,
      { timeoutMs: 500 },
      { mode },
    );

    const result = await lambda.invoke({ blocks: true });

    expect(result.functionError).toBe('Unhandled');
    expect(JSON.parse(result.payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 0.50 seconds`,
    });
    expect(await lambda.call({})).toBe(1);
  });
});

describe('A fault in either mode', () => {
  it.each([
    ['throw 7', { errorType: 'number', errorMessage: '7', trace: [] }],
    ['return 1n', { errorType: 'Runtime.JSONStringifyError', errorMessage: 'Unable to stringify response body' }],
    [
      "return 'x'.repeat(6_291_555)",
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
  ])('is answered as AWS does for a handler with "%s"', async (statement, expected) => {
    start(`export const handler = async () => { ${statement}; };`, {});

    const result = await lambda.invoke({});

    expect(result.functionError).toBe('Unhandled');
    expect(JSON.parse(result.payload)).toMatchObject(expected);
  });

  it.each([
    ['objects, yielding', 'kept.push(new Array(1e5).fill(Math.random())); if (kept.length % 10 === 0) await wait(1);'],
    ['objects, never yielding', 'kept.push(new Array(1e5).fill(Math.random()));'],
    ['buffers', 'kept.push(Buffer.alloc(1e7, 1)); await wait(1);'],
  ])(
    'of a function that fills its memory with %s is a killed runtime',
    async (_, statement) => {
      start(
        `${WAIT} export const handler = async ({ fills }) => { const kept = []; while (fills) { ${statement} } return 'served'; };`,
        { timeoutMs: 20_000 },
      );

      const result = await lambda.invoke({ fills: true });

      expect(JSON.parse(result.payload)).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: signal: killed`,
      });
      expect(await lambda.call({})).toBe('served');
    },
    20_000,
  );
});

describe('A request in the mode managed', () => {
  it('times out alone: the others of its environment finish, new ones have another environment', async () => {
    start(
      `${WAIT} let count = 0;
       export const handler = async ({ ms }) => { const own = ++count; await wait(ms); return own; };`,
      { timeoutMs: 1_000 },
    );
    await lambda.call({ ms: 0 });
    const late = lambda.call({ ms: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const other = lambda.call({ ms: 700 });

    expect(await late).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(await lambda.call({ ms: 0 })).toBe(1);
    expect(await other).toBe(3);
  });
});

describe('A fault of the init phase', () => {
  it.each([
    [
      'export const other = 1;',
      'index.handler',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    ['export const handler = 1;', 'index.handler', 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    ['', 'missing.handler', 'Runtime.ImportModuleError', "Error: Cannot find module 'missing'"],
    ['this is no code', 'index.handler', 'Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected identifier'],
    ['throw new Error("at start");', 'index.handler', 'Error', 'at start'],
    ['export const handler = () => {};', 'handler', 'Runtime.MalformedHandlerName', 'Bad handler'],
    ['', '../index.handler', 'Runtime.MalformedHandlerName', 'is not a valid handler name. Use absolute paths'],
    [
      'export const handler = (event, context, callback) => {};',
      'index.handler',
      'Runtime.CallbackHandlerDeprecated',
      'Node.js 24',
    ],
    ['process.exit(3);', 'index.handler', 'Runtime.ExitError', 'exit status 3'],
  ])(
    'is the answer to the request for the code "%s" and the handler %s',
    async (code, handler, errorType, errorMessage) => {
      start(code, { handler });

      const result = await lambda.invoke({});

      expect(result.functionError).toBe('Unhandled');
      expect(JSON.parse(result.payload)).toMatchObject({
        errorType,
        errorMessage: expect.stringContaining(errorMessage),
      });
    },
  );

  it('of the syntax has the trace of the error of Node.js', async () => {
    start('this is no code');

    const { trace } = await lambda.call({});

    expect(trace[0]).toBe("SyntaxError: Unexpected identifier 'is'");
  });

  it('leaves no trace: the next request starts anew', async () => {
    start(`
      import { existsSync, writeFileSync } from 'node:fs';
      const marker = process.env.LAMBDA_TASK_ROOT + '/started';
      if (!existsSync(marker)) { writeFileSync(marker, ''); throw new Error('first start'); }
      export const handler = async () => 'served';`);

    expect(await lambda.call({})).toMatchObject({ errorMessage: 'first start' });
    expect(await lambda.call({})).toBe('served');
  });

  it('may take longer than a request has time', async () => {
    start('await new Promise((resolve) => setTimeout(resolve, 700)); export const handler = async () => 1;', {
      timeoutMs: 500,
    });

    expect(await lambda.call({})).toBe(1);
  });
});
