// Invoking functions in both modes: payloads, context, environment variables, concurrency, code replacement and stop.
import { afterEach, describe, expect, it } from 'vitest';
import { TemporaryService, type TemporaryServiceOptions } from './temporary-service.ts';

const ECHO = 'export const handler = async (event) => event;';
const COUNT_CONCURRENCY = `
  import { threadId } from 'node:worker_threads';
  let running = 0;
  let most = 0;
  export const handler = async ({ ms }) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, ms));
    running--;
    return { threadId, most };
  };`;

let lambda: TemporaryService;
const start = (options?: TemporaryServiceOptions) => (lambda = new TemporaryService(options));
afterEach(() => lambda.remove());

describe.each(['lambda', 'managed'] as const)('LambdaService in the mode %s', (mode) => {
  it('passes the event as JSON and returns the answer as JSON', async () => {
    start({ mode }).addFunction(ECHO);

    const result = await lambda.service.invoke('test', '{"text":"grüße","list":[1,null]}');

    expect(result).toEqual({ requestId: expect.any(String), payload: '{"text":"grüße","list":[1,null]}', logTail: '' });
  });

  it('returns null for a handler that returns nothing', async () => {
    start({ mode }).addFunction('export function handler() {}');

    expect((await lambda.invoke({})).payload).toBe('null');
  });

  it('gives the handler a context with its request id and the time that remains', async () => {
    start({ mode }).addFunction(
      'export const handler = async (_, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });',
    );

    const result = await lambda.invoke({});
    const { remaining, ...context } = JSON.parse(result.payload);

    expect(context).toEqual({
      functionName: 'test',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
      memoryLimitInMB: '128',
      awsRequestId: result.requestId,
      logGroupName: '/aws/lambda/test',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    });
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(5_000);
  });

  it('shows the function the variables of AWS and its own, and none of the engine', async () => {
    process.env['ENGINE_SECRET'] = 'x';
    start({ mode }).addFunction('export const handler = async () => process.env;', { environment: { OWN: '1' } });

    const environment = await lambda.call({});

    expect(environment).toMatchObject({
      OWN: '1',
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'test',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_INITIALIZATION_TYPE: mode === 'managed' ? 'lambda-managed-instances' : 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      _HANDLER: 'index.handler',
    });
    expect(environment.AWS_LAMBDA_MAX_CONCURRENCY).toBe(mode === 'managed' ? '64' : undefined);
    expect(environment).not.toHaveProperty('ENGINE_SECRET');
  });

  it('answers every one of 300 requests at once with its own result', async () => {
    start({ mode, concurrencyPerEnvironment: 10 }).addFunction(ECHO);
    const events = Array.from({ length: 300 }, (_, index) => ({ index }));

    const answers = await Promise.all(events.map((event) => lambda.call(event)));

    expect(answers).toEqual(events);
  });

  it('finishes requests with the old code and serves new ones with the replaced code', async () => {
    start({ mode, maxEnvironments: 1 }).addFunction(`
      export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 300)); return 'old'; };`);
    const inFlight = lambda.call({});
    lambda.service.replaceCode(
      'test',
      lambda.writeCode('new', { 'index.mjs': "export const handler = async () => 'new';" }),
    );

    const answers = await Promise.all([lambda.call({}), inFlight, lambda.call({})]);

    expect(answers).toEqual(['new', 'old', 'new']);
  });

  it('rejects requests in flight and in the queue when it is stopped, even if a handler never yields', async () => {
    start({ mode, maxEnvironments: 1, concurrencyPerEnvironment: 1 }).addFunction(
      'export const handler = () => { for (;;); };',
    );
    const outcomes = Promise.allSettled([lambda.invoke({}), lambda.invoke({})]);
    await new Promise((resolve) => setTimeout(resolve, 200));

    await lambda.service.stop();

    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('LambdaService', () => {
  it('runs one request at a time per environment in the mode lambda, and starts no more environments than allowed', async () => {
    start({ mode: 'lambda', maxEnvironments: 2 }).addFunction(COUNT_CONCURRENCY);

    const answers = await Promise.all(Array.from({ length: 6 }, () => lambda.call({ ms: 20 })));

    expect(answers.map(({ most }) => most)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it('runs requests concurrently in one environment in the mode managed, and starts another only when it is full', async () => {
    start({ mode: 'managed', concurrencyPerEnvironment: 4 }).addFunction(COUNT_CONCURRENCY);

    const withRoom = await Promise.all(Array.from({ length: 4 }, () => lambda.call({ ms: 50 })));
    const beyond = await Promise.all(Array.from({ length: 6 }, () => lambda.call({ ms: 50 })));

    expect(withRoom.at(-1).most).toBe(4);
    expect(new Set(withRoom.map(({ threadId }) => threadId)).size).toBe(1);
    expect(new Set(beyond.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it('serves the queue first in, first out', async () => {
    start({ mode: 'lambda', maxEnvironments: 1 }).addFunction(ECHO);
    const order: number[] = [];

    await Promise.all([0, 1, 2, 3, 4].map(async (index) => order.push(await lambda.call(index))));

    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('offers the request id of each concurrent request in the global InvokeStore', async () => {
    start().addFunction(`
      export const handler = async (event, context) => {
        awslambda.InvokeStore.set('own', context.awsRequestId);
        await new Promise((resolve) => setTimeout(resolve, 10));
        const store = awslambda.InvokeStore;
        return [store.getRequestId(), store.get('own')].every((id) => id === context.awsRequestId);
      };`);

    expect(await Promise.all([lambda.call({}), lambda.call({}), lambda.call({})])).toEqual([true, true, true]);
  });

  it('loads a CommonJS index.js although a package.json above its folder says module', async () => {
    start();
    lambda.writeCode('.', { 'package.json': '{"type":"module"}' });
    const codeFolder = lambda.writeCode('cjs', {
      'index.js': "const { name } = require('./name.js'); module.exports = { handler: async () => name };",
      'name.js': "exports.name = 'CommonJS';",
    });
    lambda.addFunction('', { codeFolder });

    expect(await lambda.call({})).toBe('CommonJS');
  });

  it.each(['test', '000000000000:function:test', 'arn:aws:lambda:eu-central-1:000000000000:function:test:$LATEST'])(
    'finds a function as %s',
    async (name) => {
      start().addFunction(ECHO);

      expect((await lambda.service.invoke(name, '1')).payload).toBe('1');
    },
  );

  it('rejects an unknown function with ResourceNotFoundException', async () => {
    start().addFunction(ECHO);

    await expect(lambda.service.invoke('other', '{}')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-central-1:000000000000:function:other',
    });
  });

  it('rejects a request above 6 MB with RequestTooLargeException', async () => {
    start().addFunction(ECHO);
    const payload = JSON.stringify('x'.repeat(6_291_455));

    await expect(lambda.service.invoke('test', payload)).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      message: '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)',
    });
  });
});
