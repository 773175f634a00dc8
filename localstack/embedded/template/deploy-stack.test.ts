// Tests of conditions, and of what is refused before anything is created.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callDynamoDb } from '../dynamodb/call-dynamodb.ts';
import { describeTable, FUNCTION, LOGS, QUEUE, ROLE, TemporaryDeployment } from './temporary-deployment.ts';

let deployment: TemporaryDeployment;

beforeAll(async () => {
  deployment = await TemporaryDeployment.start();
});

afterAll(async () => {
  await deployment.stop();
});

describe('conditions', () => {
  test('leave out resources and outputs', async () => {
    const { queues, outputs } = await deployment.deploy(
      'Conditions',
      { Kept: { ...QUEUE, Condition: 'Yes' }, Left: { Type: 'AWS::Unknown::Thing', Condition: 'No' } },
      {
        Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
        Outputs: { Left: { Condition: 'No', Value: { Ref: 'Left' } } },
      },
    );

    expect(queues.map(({ name }) => name)).toEqual(['Conditions-Kept']);
    expect(outputs).toEqual({});
  });
});

describe('what is not emulated', () => {
  test('is refused in one error that lists all of it, and nothing is created', async () => {
    const refused = deployment.deploy('Refused', {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'refused', VisibilityTimeOut: 3 } },
      Topic: { Type: 'AWS::SNS::Topic' },
      Streaming: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { ...describeTable({ id: 'S' }, ['id']), StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
      },
      Function: { ...FUNCTION, Properties: { ...FUNCTION.Properties, Runtime: 'python3.13', Layers: ['a'] } },
      Role: ROLE,
      Logs: LOGS,
      Get: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: 'a',
          ResourceId: 'b',
          HttpMethod: 'GET',
          AuthorizationType: 'AWS_IAM',
          Integration: { Type: 'HTTP_PROXY' },
        },
      },
    });

    const error = await refused.catch((failure: unknown) => failure);

    expect(error).toMatchObject({
      name: 'UnsupportedTemplateError',
      parts: [
        { logicalId: 'Queue', type: 'AWS::SQS::Queue', property: 'VisibilityTimeOut' },
        { logicalId: 'Topic', type: 'AWS::SNS::Topic', property: '' },
        { logicalId: 'Streaming', property: 'StreamSpecification' },
        { logicalId: 'Function', property: 'Runtime', reason: 'only Node.js runtimes are emulated' },
        { logicalId: 'Function', property: 'Layers' },
        { logicalId: 'Get', property: 'AuthorizationType' },
        { logicalId: 'Get', property: 'Integration.Type' },
      ],
    });
    expect(String(error)).toContain('- Topic (AWS::SNS::Topic): this resource type is not emulated');
    const { TableNames } = await callDynamoDb<{ TableNames: string[] }>(deployment.dynamoDb.endpoint, 'ListTables', {});
    expect(TableNames).not.toContain('Refused-Streaming');
  });

  test.each([
    ['a circle', { A: { ...QUEUE, DependsOn: 'B' }, B: { ...QUEUE, DependsOn: ['A'] } }, /circular: A -> B -> A/],
    [
      'an unknown asset',
      {
        F: { ...FUNCTION, Properties: { ...FUNCTION.Properties, Code: { S3Key: 'x.zip' } } },
        Role: ROLE,
        Logs: LOGS,
        Queue: QUEUE,
      },
      /S3 key x\.zip/,
    ],
  ])('%s is an error', async (_name, resources, message) => {
    await expect(deployment.deploy('Wrong', resources)).rejects.toThrow(message);
  });
});
