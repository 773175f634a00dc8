// What functions and Lambda itself write to the log of a function, and the tail that an invocation returns.
import { afterEach, describe, expect, it } from 'vitest';
import { TemporaryService } from './temporary-service.ts';
import type { FunctionSettings } from './lambda-service.ts';

let lambda: TemporaryService;
function start(code: string, logging: Partial<FunctionSettings['logging']>, overrides: Partial<FunctionSettings> = {}) {
  lambda = new TemporaryService({ mode: 'managed' });
  const defaults = {
    format: 'JSON',
    applicationLevel: 'INFO',
    systemLevel: 'WARN',
    logGroup: '/aws/lambda/test',
  } as const;
  lambda.addFunction(code, { logging: { ...defaults, ...logging }, ...overrides });
}
afterEach(() => lambda.remove());

describe('The JSON format', () => {
  it('writes console calls as the runtime of AWS does', async () => {
    start(
      `export const handler = async () => {
         console.log('plain');
         console.info({ key: 'value' });
         console.warn('count %d', 3, 'more');
         console.error('failed', new TypeError('why'));
         console.error(new TypeError('alone'));
       };`,
      {},
    );

    const { requestId } = await lambda.invoke({});
    const lines = (await lambda.stopAndReadLog()).map((line) => JSON.parse(line));

    const error = { errorType: 'TypeError', stackTrace: expect.any(Array) };
    const base = { timestamp: expect.stringMatching(/^\d{4}-.*Z$/), requestId };
    expect(lines).toEqual([
      { ...base, level: 'INFO', message: 'plain' },
      { ...base, level: 'INFO', message: { key: 'value' } },
      { ...base, level: 'WARN', message: 'count 3 more' },
      {
        ...base,
        level: 'ERROR',
        message: expect.stringMatching(/^failed TypeError: why/),
        ...error,
        errorMessage: 'why',
      },
      { ...base, level: 'ERROR', message: { ...error, errorMessage: 'alone' } },
    ]);
  });

  it('leaves out what is below the application level', async () => {
    start("export const handler = async () => { console.info('no'); console.warn('yes'); };", {
      applicationLevel: 'WARN',
    });

    await lambda.invoke({});
    const lines = await lambda.stopAndReadLog();

    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['yes']);
  });

  it('passes text for the standard streams through line by line', async () => {
    start(
      `export const handler = async () => {
         process.stdout.write('one ');
         process.stderr.write('error\\n');
         process.stdout.write('line\\nrest');
         process.exit(0);
       };`,
      {},
    );

    await lambda.invoke({});
    const lines = await lambda.stopAndReadLog();

    expect(lines.filter((line) => !line.startsWith('{'))).toEqual(['error', 'one line', 'rest']);
  });

  it('names the own request of each line while requests run concurrently', async () => {
    start(
      `export const handler = async ({ index }, { awsRequestId }) => {
         await new Promise((resolve) => setTimeout(resolve, 10));
         console.log(awsRequestId);
       };`,
      {},
    );

    await Promise.all([lambda.invoke({}), lambda.invoke({}), lambda.invoke({})]);
    const lines = (await lambda.stopAndReadLog()).map((line) => JSON.parse(line));

    expect(lines).toHaveLength(3);
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(3);
    for (const { requestId, message } of lines) expect(message).toBe(requestId);
  });

  it('reports starts and ends of requests at the system level INFO', async () => {
    start('export const handler = async () => 1;', { systemLevel: 'INFO' });

    const { requestId } = await lambda.invoke({});
    const lines = (await lambda.stopAndReadLog()).map((line) => JSON.parse(line));

    expect(lines.map(({ type }) => type)).toEqual(['platform.initStart', 'platform.start', 'platform.report']);
    expect(lines[1].record).toMatchObject({ requestId, version: '$LATEST' });
    expect(lines[2].record).toEqual({ requestId, status: 'success', metrics: { durationMs: expect.any(Number) } });
  });

  it.each([
    ['throw new TypeError("no")', { status: 'error', errorType: 'TypeError' }],
    ['for (;;);', { status: 'timeout', errorType: 'Sandbox.Timedout' }],
    ['process.exit(1)', { status: 'error', errorType: 'Runtime.ExitError' }],
  ])('reports only requests that fail at the system level WARN: %s', async (statement, expected) => {
    start(`export const handler = async ({ fails }) => { if (fails) { ${statement} } };`, {}, { timeoutMs: 500 });

    await lambda.invoke({ fails: false });
    const { requestId } = await lambda.invoke({ fails: true });
    const events = (await lambda.stopAndReadLog())
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type !== undefined);

    expect(events).toEqual([expect.objectContaining({ type: 'platform.report' })]);
    expect(events[0].record).toMatchObject({ requestId, ...expected });
  });

  it('reports an init phase that fails', async () => {
    start('throw new TypeError("at start");', {});

    await lambda.invoke({});
    const types = (await lambda.stopAndReadLog()).map((line) => JSON.parse(line).type);

    expect(types).toEqual([undefined, 'platform.initReport', 'platform.report']);
  });
});

describe('The text format', () => {
  it('frames what a request logs with START, END and REPORT', async () => {
    start("export const handler = async () => { console.log('hello %s', 'you'); };", { format: 'Text' });

    const { requestId } = await lambda.invoke({});
    const lines = await lambda.stopAndReadLog();

    expect(lines).toEqual([
      expect.stringMatching(/^INIT_START Runtime Version: nodejs:/),
      `START RequestId: ${requestId} Version: $LATEST`,
      expect.stringMatching(new RegExp(`^\\d{4}-.*Z\t${requestId}\tINFO\thello you$`)),
      `END RequestId: ${requestId}`,
      expect.stringMatching(
        new RegExp(`^REPORT RequestId: ${requestId}\tDuration: [0-9.]+ ms\tBilled Duration: \\d+ ms\t`),
      ),
    ]);
  });

  it.each([
    ['with errors inside', 'inner: new TypeError("deep"), code: 7', { code: 7, inner: { errorMessage: 'deep' } }],
    ['that holds a cycle', 'get self() { return this; }', { trace: ['Error: outer', expect.any(String)] }],
  ])('writes the error of a handler %s', async (_, members, expected) => {
    const define = `Object.defineProperties(new Error('outer'), Object.getOwnPropertyDescriptors({ ${members} }))`;
    start(`export const handler = () => { Error.stackTraceLimit = 1; throw ${define}; };`, { format: 'Text' });

    const { requestId } = await lambda.invoke({});
    const line = (await lambda.stopAndReadLog()).find((each) => each.includes('Invoke Error')) ?? '';

    expect(line).toContain(`\t${requestId}\tERROR\tInvoke Error \t{`);
    expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({
      errorType: 'Error',
      errorMessage: 'outer',
      ...expected,
    });
  });

  it('says that a request timed out', async () => {
    start('export const handler = () => { for (;;); };', { format: 'Text' }, { timeoutMs: 200 });

    const { requestId } = await lambda.invoke({});
    const lines = await lambda.stopAndReadLog();

    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`Z ${requestId} Task timed out after 0.20 seconds$`)),
    );
    expect(lines.at(-1)).toMatch(/\tStatus: timeout$/);
  });
});

describe('The log tail of an invocation', () => {
  it('has the last 4 KB of its own lines, also of a handler that blocks right after', async () => {
    start(
      `export const handler = async ({ name, blocks }) => {
         for (let index = 0; index < 200; index++) console.log(name + index + 'x'.repeat(50));
         while (blocks);
       };`,
      {},
      { timeoutMs: 1_000 },
    );

    const first = await lambda.invoke({ name: 'a' });
    const second = await lambda.invoke({ name: 'b', blocks: true });

    expect(first.logTail).toHaveLength(4096);
    expect(first.logTail).toContain('"a199x');
    expect(second.logTail).toContain('"b199x');
    expect(second.logTail).not.toContain('"message":"a');
  });
});
