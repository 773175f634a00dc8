// Tests of the AWS endpoint through AWS SDK clients, with all services real.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRestApi } from '../api-gateway/rest-api.ts';
import type { RestApi } from '../api-gateway/rest-api.ts';
import { startDynamoDb } from '../dynamodb/dynamodb.ts';
import type { DynamoDb } from '../dynamodb/dynamodb.ts';
import { LambdaService } from '../lambda/lambda-service.ts';
import { startSqs } from '../sqs/sqs.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { defineApi, route, TestClient } from '../websocket-api/testing/test-websocket-api.ts';
import { createWebSocketApi } from '../websocket-api/websocket-api.ts';
import type { WebSocketApi } from '../websocket-api/websocket-api.ts';
import { startAwsEndpoint } from './aws-endpoint.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:echo';
const INTEGRATION = { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, timeoutMs: 5000 } as const;
const STACK = { stackName: 'Stack', stackId: 'stack-id', outputs: {}, resources: [] };
let folder: string;
let dynamoDb: DynamoDb;
let sqs: Sqs;
let lambda: LambdaService;
let webSocketApi: WebSocketApi;
let endpoint: AwsEndpoint;

async function startEndpoint(dynamoDbEndpoint: string, api: RestApi): Promise<AwsEndpoint> {
  const definition = { restApiId: 'abc', name: 'orders', stageName: 'prod', binaryMediaTypes: ['image/png'] };
  const restApis = [{ definition, api }];
  return startAwsEndpoint({
    port: 0,
    describeStack: () => STACK,
    dynamoDbEndpoint,
    sqsEndpoint: sqs.endpoint,
    lambda,
    restApis,
    webSocketStages: new Map([['ws1/live', webSocketApi]]),
  });
}

function createApi(): RestApi {
  const resourcePath = '/items/{id}';
  const method = { resourcePath, resourceId: 'r', httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: false };
  return createRestApi(
    {
      restApiId: 'abc',
      name: 'api',
      stageName: 'prod',
      deploymentId: 'd',
      accountId: '000000000000',
      region: 'us-east-1',
      stageVariables: {},
      binaryMediaTypes: [],
      methodSettings: [],
      gatewayResponses: [],
      methods: [{ ...method, integration: INTEGRATION }],
    },
    lambda,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-endpoint-'));
  await mkdir(join(folder, 'echo'));
  const code =
    'export const handler = async (event) => ({ statusCode: 200, body: event.path ?? JSON.stringify(event) });';
  await writeFile(join(folder, 'echo/index.mjs'), code);
  dynamoDb = await startDynamoDb({ dataFolder: join(folder, 'dynamodb') });
  sqs = await startSqs({ dataFolder: join(folder, 'sqs') });
  lambda = new LambdaService({
    mode: 'lambda',
    maxEnvironments: 1,
    concurrencyPerEnvironment: 1,
    logFolder: folder,
    region: 'us-east-1',
    accountId: '000000000000',
  });
  lambda.createFunction({
    functionName: 'echo',
    functionArn: FUNCTION_ARN,
    handler: 'index.handler',
    codeFolder: join(folder, 'echo'),
    environment: {},
    timeoutMs: 5000,
    memoryMb: 128,
    logging: { format: 'Text', applicationLevel: 'INFO', systemLevel: 'INFO', logGroup: 'echo' },
    runtime: 'nodejs24.x',
  });
  webSocketApi = createWebSocketApi(
    defineApi({ routes: [{ ...route('$default', true), integration: INTEGRATION }] }),
    lambda,
    { idleMs: 600_000, lifetimeMs: 600_000 },
  );
  endpoint = await startEndpoint(dynamoDb.endpoint, createApi());
});

afterAll(async () => {
  await Promise.all([endpoint.stop(), webSocketApi.stop()]);
  await Promise.all([lambda.stop(), sqs.stop(), dynamoDb.stop()]);
  await rm(folder, { recursive: true });
});

function describeClient(url = endpoint.url) {
  return {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  };
}

async function postForm(fields: Record<string, string>): Promise<{ status: number; body: string }> {
  const response = await fetch(endpoint.url, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, body: await response.text() };
}

describe('DynamoDB', () => {
  test('is served with its results and errors', async () => {
    const client = new DynamoDBClient(describeClient());
    await client.send(
      new CreateTableCommand({
        TableName: 'items',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );

    expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['items']);
    const missing = client.send(new GetItemCommand({ TableName: 'missing', Key: { id: { S: 'a' } } }));
    await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('that is gone is a 503 that says so', async () => {
    const gone = await startEndpoint('http://127.0.0.1:1', createApi());
    const client = new DynamoDBClient(describeClient(gone.url));

    await expect(client.send(new ListTablesCommand())).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringMatching(/local DynamoDB at http:\/\/127\.0\.0\.1:1 cannot be reached/),
    });
    const health = await fetch(`${gone.url}/_localstack/health`);
    expect(await health.json()).toMatchObject({ services: { dynamodb: 'error', sqs: 'running' } });
    await gone.stop();
  });
});

test('SQS is served, also with queue URLs of the endpoint', async () => {
  const client = new SQSClient(describeClient());
  await client.send(new CreateQueueCommand({ QueueName: 'orders' }));
  const QueueUrl = `${endpoint.url}/000000000000/orders`;
  const MessageBody = 'ü'.repeat(50_000);

  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));

  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.[0]?.Body).toBe(MessageBody);
});

test('Lambda is served', async () => {
  const client = new LambdaClient(describeClient());

  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{"a":1}' }));

  expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ statusCode: 200, body: '{"a":1}' });
});

describe('REST APIs', () => {
  test.each(['/restapis/abc/prod/_user_request_/items/7', '/_aws/execute-api/abc/prod/items/7'])(
    'are served under %s',
    async (path) => {
      const response = await fetch(`${endpoint.url}${path}?a=b`);

      expect(await response.text()).toBe('/items/7');
    },
  );

  test('are listed', async () => {
    const response = await fetch(`${endpoint.url}/restapis?limit=5`);

    expect(await response.json()).toEqual({ item: [{ id: 'abc', name: 'orders', binaryMediaTypes: ['image/png'] }] });
  });

  test('that do not exist are a 404', async () => {
    const response = await fetch(`${endpoint.url}/restapis/abc/dev/_user_request_/`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'There is no REST API abc with a stage dev.' });
  });
});

describe('WebSocket APIs', () => {
  const path = '/_aws/execute-api/ws1/live';

  test('are served with their connections', async () => {
    const client = await new TestClient(`${endpoint.url.replace('http', 'ws')}${path}`, [], {}).open();
    client.socket.send('text');
    const { requestContext } = JSON.parse(await client.receive());

    const url = `${endpoint.url}${path}/@connections/${encodeURIComponent(requestContext.connectionId)}`;
    const { status } = await fetch(url, { method: 'POST', body: 'posted' });

    expect(status).toBe(200);
    expect(await client.receive()).toBe('posted');
    client.socket.close();
    await client.closed;
  });

  test('are closed to web pages of other hosts', async () => {
    const url = `${endpoint.url}${path}/@connections/abc`;

    const response = await fetch(url, { method: 'POST', headers: { origin: 'https://example.org' }, body: 'text' });

    expect(response.status).toBe(403);
  });
});

test('CloudFormation is served', async () => {
  const { Stacks } = await new CloudFormationClient(describeClient()).send(new DescribeStacksCommand());

  expect(Stacks).toMatchObject([{ StackName: 'Stack' }]);
});

describe('the query protocol', () => {
  test('answers GetCallerIdentity', async () => {
    const { status, body } = await postForm({ Action: 'GetCallerIdentity', Version: '2011-06-15' });

    expect(status).toBe(200);
    expect(body).toContain('<Account>000000000000</Account>');
  });

  test.each([
    ['SendMessage', /the local SQS speaks the JSON protocol only/],
    ['Publish', /has no action &quot;Publish&quot;/],
  ])('is refused for %s', async (Action, message) => {
    const { status, body } = await postForm({ Action });

    expect(status).toBe(501);
    expect(body).toMatch(message);
  });
});

describe('the endpoint', () => {
  test('tells its health', async () => {
    const health = await fetch(`${endpoint.url}/_localstack/health`);

    expect(await health.json()).toMatchObject({ services: { dynamodb: 'running', sqs: 'running', lambda: 'running' } });
  });

  test('names what it does not serve', async () => {
    const response = await fetch(`${endpoint.url}/bucket/key?secret=1`, { method: 'PUT', body: 'x' });

    expect(response.status).toBe(501);
    const { message }: { message: string } = JSON.parse(await response.text());
    expect(message).toMatch(/^The local engine has no PUT \/bucket\/key\. It serves DynamoDB/);
  });

  test('names the target that it does not serve', async () => {
    const headers = { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' };
    const response = await fetch(endpoint.url, { method: 'POST', headers, body: '{}' });

    expect(await response.text()).toContain('has no Logs_20140328.DescribeLogGroups');
  });

  test('refuses web pages of other hosts', async () => {
    const response = await fetch(endpoint.url, { method: 'POST', headers: { origin: 'https://example.org' } });

    expect(response.status).toBe(403);
  });

  test('refuses a body over its limit', async () => {
    const url = `${endpoint.url}/2015-03-31/functions/echo/invocations`;
    const response = await fetch(url, { method: 'POST', body: Buffer.alloc(17 * 1024 * 1024) });

    expect(response.status).toBe(413);
  });

  test('survives a request that its client breaks off', async () => {
    for (const target of ['DynamoDB_20120810.ListTables', 'AmazonSQS.ListQueues', '']) {
      const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
      const head = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: ${target}\r\nContent-Type: application/x-www-form-urlencoded`;
      socket.write(`${head}\r\nContent-Length: 100\r\n\r\n{"a`, () => socket.destroy());
      await new Promise((resolve) => socket.once('close', resolve));
    }

    expect((await fetch(`${endpoint.url}/_localstack/health`)).status).toBe(200);
  });
});
