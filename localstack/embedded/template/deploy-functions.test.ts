// Tests of deploying queues, functions and event sources.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUNCTION, LOGS, QUEUE, ROLE, TemporaryDeployment } from './temporary-deployment.ts';

let deployment: TemporaryDeployment;

beforeAll(async () => {
  deployment = await TemporaryDeployment.start();
});

afterAll(async () => {
  await deployment.stop();
});

describe('queues, functions and event sources', () => {
  test('are created in the order of their references', async () => {
    const stack = await deployment.deploy('Work', {
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          FunctionName: { Ref: 'Function' },
          BatchSize: 5,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 4 },
        },
      },
      Disabled: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
          FunctionName: { Ref: 'Function' },
          Enabled: false,
        },
      },
      Function: FUNCTION,
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 30,
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        },
      },
      Dead: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: false } },
      Role: ROLE,
      Logs: LOGS,
    });

    const queueUrl = `${deployment.sqs.endpoint}/000000000000/Work-Queue`;
    const queueArn = 'arn:aws:sqs:us-east-1:000000000000:Work-Queue';
    expect(stack.queues.map(({ name }) => name)).toEqual(['Work-Dead', 'Work-Queue']);
    expect(stack.functions).toEqual([
      {
        functionName: 'Work-Function',
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Work-Function',
        handler: 'index.handler',
        codeFolder: join(deployment.assemblyFolder, 'asset.abc'),
        environment: { QUEUE_URL: queueUrl, RETRIES: '3' },
        timeoutMs: 3000,
        memoryMb: 128,
        logging: { format: 'JSON', applicationLevel: 'INFO', systemLevel: 'INFO', logGroup: 'Work-Logs' },
        runtime: 'nodejs24.x',
      },
    ]);
    expect(stack.eventSources).toEqual([
      {
        queueUrl,
        queueArn,
        functionName: 'Work-Function',
        batchSize: 5,
        maximumBatchingWindowSeconds: 0,
        maximumConcurrency: 4,
        reportBatchItemFailures: true,
      },
    ]);
  });

  test('a FIFO queue gets its suffix, a long name is cut to 80 characters', async () => {
    const longId = 'Q'.repeat(90);
    const fifo = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, ContentBasedDeduplication: true } };

    const { queues } = await deployment.deploy('Names', { Ordered: fifo, [longId]: fifo });

    const names = queues.map(({ name }) => name);
    expect(names).toEqual(['Names-Ordered.fifo', expect.stringMatching(/^Names-Q+-[a-z0-9]{8}\.fifo$/)]);
    expect(names[1]).toHaveLength(80);
  });

  test('an alias and a version stand for the function', async () => {
    const { outputs } = await deployment.deploy(
      'Alias',
      {
        Function: FUNCTION,
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: { Ref: 'Function' },
            FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
            Name: 'live',
          },
        },
        Queue: QUEUE,
        Role: ROLE,
        Logs: LOGS,
      },
      { Outputs: { Alias: { Value: { Ref: 'Live' } } } },
    );

    expect(outputs['Alias']).toBe('arn:aws:lambda:us-east-1:000000000000:function:Alias-Function:$LATEST');
  });
});
