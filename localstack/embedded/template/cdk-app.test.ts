// Tests that the templates which the CDK itself writes are understood.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat, LambdaIntegration, LogGroupLogDestination, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRestApi } from '../api-gateway/rest-api.ts';
import { readAssemblyStack } from './cloud-assembly.ts';
import type { AssemblyStack } from './cloud-assembly.ts';
import { deployStack } from './deploy-stack.ts';
import { startDynamoDb } from '../dynamodb/dynamodb.ts';
import type { DynamoDb } from '../dynamodb/dynamodb.ts';
import { startSqs } from '../sqs/sqs.ts';
import type { Sqs } from '../sqs/sqs.ts';

const SYNTHESIS_TIMEOUT_MS = 30_000;
let folder: string;
let stack: AssemblyStack;
let dynamoDb: DynamoDb;
let sqs: Sqs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdk-app-'));
  await mkdir(join(folder, 'code'));
  await writeFile(join(folder, 'code/index.js'), 'exports.handler = async () => {};');
  synthesize(join(folder, 'assembly'), join(folder, 'code'));
  stack = await readAssemblyStack(join(folder, 'assembly'));
  dynamoDb = await startDynamoDb({ dataFolder: join(folder, 'dynamodb') });
  sqs = await startSqs({ dataFolder: join(folder, 'sqs') });
}, SYNTHESIS_TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([dynamoDb.stop(), sqs.stop()]);
  await rm(folder, { recursive: true });
});

function synthesize(outdir: string, codeFolder: string): void {
  const app = new App({ outdir });
  const cdkStack = new Stack(app, 'Cdk');
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  const table = new Table(cdkStack, 'Table', { partitionKey, timeToLiveAttribute: 'expiry', deletionProtection: true });
  const tableV2 = new TableV2(cdkStack, 'TableV2', { partitionKey });
  const deadLetterQueue = { queue: new Queue(cdkStack, 'Dead', { enforceSSL: true }), maxReceiveCount: 3 };
  const queue = new Queue(cdkStack, 'Queue', { deadLetterQueue, visibilityTimeout: Duration.seconds(20) });
  const handler = new LambdaFunction(cdkStack, 'Function', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(codeFolder),
    logGroup: new LogGroup(cdkStack, 'Logs'),
    loggingFormat: LoggingFormat.JSON,
  });
  handler.addEventSource(new SqsEventSource(queue, { maxConcurrency: 2, reportBatchItemFailures: true }));
  table.grantReadWriteData(handler);
  tableV2.grantReadData(handler);
  const api = new RestApi(cdkStack, 'Api', {
    cloudWatchRole: true,
    deployOptions: {
      accessLogDestination: new LogGroupLogDestination(new LogGroup(cdkStack, 'AccessLogs')),
      accessLogFormat: AccessLogFormat.custom('$context.requestId'),
      methodOptions: { '/items/GET': { throttlingRateLimit: 5, throttlingBurstLimit: 5 } },
    },
  });
  const items = api.root.addResource('items', { defaultCorsPreflightOptions: { allowOrigins: ['*'] } });
  items.addMethod('GET', new LambdaIntegration(handler));
  const output = new CfnOutput(cdkStack, 'Name', { value: handler.functionName });
  output.overrideLogicalId('FunctionName');
  app.synth();
}

test('a stack of tables, queues, a function and an API is deployed', async () => {
  const options = { region: 'us-east-1', dynamoDbEndpoint: dynamoDb.endpoint, sqs };

  const deployed = await deployStack({ assemblyFolder: join(folder, 'assembly'), ...options });

  expect(deployed.resources).toHaveLength(Object.keys(stack.template.Resources).length);
  expect(deployed).toMatchObject({
    stackName: 'Cdk',
    tables: [{}, {}],
    queues: [{}, {}],
    functions: [{ functionName: deployed.outputs['FunctionName'] }],
    eventSources: [{ maximumConcurrency: 2, batchSize: 10 }],
    restApis: [{ definition: { stageName: 'prod' }, accessLog: { format: '$context.requestId' } }],
  });
  for (const { definition } of deployed.restApis) {
    expect(() => createRestApi(definition, { invoke: () => Promise.resolve({ payload: '{}' }) })).not.toThrow();
  }
});
