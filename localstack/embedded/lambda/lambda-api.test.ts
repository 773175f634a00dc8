// The REST API, as the AWS SDK speaks it over HTTP.
import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handleLambdaRequest } from './lambda-api.ts';
import { TemporaryService } from './temporary-service.ts';

const CODE = `
  let attempts = 0;
  export const handler = async (event, { clientContext }) => {
    if (event.showsContext) return clientContext;
    if (event.counts) return attempts;
    if (event.failsTwice && attempts++ < 2) throw new Error('again');
    if (event.throws) throw new TypeError('no');
    console.log('logged');
    return { event };
  };`;
const ARN = 'arn:aws:lambda:eu-central-1:000000000000:function:test';

let lambda: TemporaryService;
let server: Server;
let client: LambdaClient;

beforeAll(async () => {
  lambda = new TemporaryService();
  lambda.addFunction(CODE);
  server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    void buffer(request)
      .then((body) => handleLambdaRequest(lambda.service, { method, path, headers, body }))
      .then(({ status, headers: responseHeaders, body }) => response.writeHead(status, responseHeaders).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`The test server has no port, but ${address}`);
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(async () => {
  client.destroy();
  server.close();
  await lambda.remove();
});

const invokeWithContext = (clientContext: string) =>
  client.send(
    new InvokeCommand({ FunctionName: 'test', Payload: '{"showsContext":true}', ClientContext: clientContext }),
  );

it("Invoke hands the client's context to the handler", async () => {
  const { Payload } = await invokeWithContext(Buffer.from('{"custom":{"page":1}}').toString('base64'));

  expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ custom: { page: 1 } });
  await expect(invokeWithContext('{"custom":{}}')).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
});

it.each(['test', '000000000000:function:test', ARN])('Invoke runs the function %s', async (FunctionName) => {
  const { StatusCode, Payload, ExecutedVersion, FunctionError, LogResult } = await client.send(
    new InvokeCommand({ FunctionName, Payload: '{"text":"ü"}' }),
  );

  expect({ StatusCode, ExecutedVersion, FunctionError, LogResult }).toEqual({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
  });
  expect(Payload?.transformToString()).toBe('{"event":{"text":"ü"}}');
});

it('Invoke passes {} to the function if there is no payload', async () => {
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'test' }));

  expect(Payload?.transformToString()).toBe('{"event":{}}');
});

it('Invoke names the error of a function and returns its logs if asked', async () => {
  const failed = await client.send(
    new InvokeCommand({ FunctionName: 'test', Payload: '{"throws":true}', LogType: 'Tail' }),
  );

  expect(failed.StatusCode).toBe(200);
  expect(failed.FunctionError).toBe('Unhandled');
  expect(JSON.parse(failed.Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError' });
  expect(Buffer.from(failed.LogResult ?? '', 'base64').toString()).toContain('"errorMessage":"no"');
});

it('Invoke of the type Event answers 202 and runs the function again until it succeeds', async () => {
  const command = new InvokeCommand({ FunctionName: 'test', InvocationType: 'Event', Payload: '{"failsTwice":true}' });

  expect((await client.send(command)).StatusCode).toBe(202);
  await expect.poll(() => lambda.call({ counts: true }), { timeout: 5_000 }).toBe(3);
});

it('Invoke of the type DryRun answers 204', async () => {
  const { StatusCode } = await client.send(new InvokeCommand({ FunctionName: 'test', InvocationType: 'DryRun' }));

  expect(StatusCode).toBe(204);
});

it.each([
  [
    'ResourceNotFoundException',
    404,
    { FunctionName: 'other' },
    'Function not found: arn:aws:lambda:eu-central-1:000000000000:function:other',
  ],
  ['ResourceNotFoundException', 404, { FunctionName: 'test', Qualifier: '7' }, `Function not found: ${ARN}:7`],
  [
    'InvalidRequestContentException',
    400,
    { FunctionName: 'test', Payload: '{"a":' },
    'Could not parse request body into json',
  ],
  [
    'RequestTooLargeException',
    413,
    { FunctionName: 'test', Payload: JSON.stringify('x'.repeat(6_291_455)) },
    '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)',
  ],
  [
    'RequestTooLargeException',
    413,
    { FunctionName: 'test', InvocationType: 'Event' as const, Payload: JSON.stringify('x'.repeat(1_048_575)) },
    '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
  ],
])('Invoke fails with %s (%i)', async (name, status, input, message) => {
  await expect(client.send(new InvokeCommand(input))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
    $metadata: { httpStatusCode: status },
  });
});

it('ListFunctions, GetFunction and GetFunctionConfiguration describe the function', async () => {
  const expected = { FunctionName: 'test', FunctionArn: ARN, Runtime: 'nodejs24.x', Timeout: 5, MemorySize: 128 };

  const listed = await client.send(new ListFunctionsCommand({}));
  const found = await client.send(new GetFunctionCommand({ FunctionName: 'test' }));
  const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: ARN }));

  expect(listed.Functions).toEqual([expect.objectContaining(expected)]);
  expect(found.Configuration).toMatchObject(expected);
  expect(found.Code?.Location).toMatch(/^file:.*\/code$/);
  expect(configuration).toMatchObject(expected);
});

it('an operation that is missing here answers 501 and names itself', async () => {
  await expect(client.send(new PublishVersionCommand({ FunctionName: 'test' }))).rejects.toMatchObject({
    message: expect.stringContaining('POST /2015-03-31/functions/test/versions'),
    $metadata: { httpStatusCode: 501 },
  });
});
