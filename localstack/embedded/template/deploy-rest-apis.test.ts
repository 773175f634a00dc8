// Tests of deploying REST APIs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FUNCTION, LOGS, QUEUE, ROLE, TemporaryDeployment } from './temporary-deployment.ts';

let deployment: TemporaryDeployment;

beforeAll(async () => {
  deployment = await TemporaryDeployment.start();
});

afterAll(async () => {
  await deployment.stop();
});

test('a REST API is gathered from its resources', async () => {
  const RestApiId = { Ref: 'Api' };
  const invocations = ':lambda:path/2015-03-31/functions/';
  const Uri = {
    'Fn::Join': [
      '',
      [
        'arn:aws:apigateway:',
        { Ref: 'AWS::Region' },
        invocations,
        { 'Fn::GetAtt': ['Function', 'Arn'] },
        '/invocations',
      ],
    ],
  };
  const { restApis, outputs } = await deployment.deploy(
    'Rest',
    {
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId,
          DeploymentId: { Ref: 'Deployment' },
          StageName: 'v1',
          MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 10, MetricsEnabled: true }],
          AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: '$context.requestId' },
        },
      },
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'items', BinaryMediaTypes: ['image/png'] } },
      Items: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'items' },
      },
      Item: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId, ParentId: { Ref: 'Items' }, PathPart: '{id}' },
      },
      Get: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId,
          ResourceId: { Ref: 'Item' },
          HttpMethod: 'GET',
          AuthorizationType: 'NONE',
          Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri },
        },
      },
      Preflight: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId,
          ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
          HttpMethod: 'OPTIONS',
          AuthorizationType: 'NONE',
          Integration: {
            Type: 'MOCK',
            RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
            IntegrationResponses: [
              { StatusCode: '204', ResponseParameters: { 'method.response.header.Vary': "'Origin'" } },
            ],
          },
          MethodResponses: [{ StatusCode: '204' }],
        },
      },
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId }, DependsOn: ['Get', 'Preflight'] },
      NotFound: {
        Type: 'AWS::ApiGateway::GatewayResponse',
        Properties: {
          RestApiId,
          ResponseType: 'DEFAULT_4XX',
          ResponseParameters: { 'gatewayresponse.header.Vary': "'Origin'" },
        },
      },
      Function: FUNCTION,
      Queue: QUEUE,
      Role: ROLE,
      Logs: LOGS,
    },
    { Outputs: { Id: { Value: RestApiId } } },
  );

  const [{ definition, accessLog } = {}] = restApis;
  expect(outputs['Id']).toMatch(/^[a-z0-9]{10}$/);
  expect(restApis).toHaveLength(1);
  expect(accessLog).toEqual({ format: '$context.requestId', logGroup: 'Rest-Logs' });
  expect(definition).toMatchObject({
    restApiId: outputs['Id'],
    name: 'items',
    stageName: 'v1',
    binaryMediaTypes: ['image/png'],
    methodSettings: [{ resourcePath: '/*', httpMethod: '*', throttlingRateLimit: 10 }],
    gatewayResponses: [
      { responseType: 'DEFAULT_4XX', responseParameters: { 'gatewayresponse.header.Vary': "'Origin'" } },
    ],
  });
  expect(definition?.methods).toMatchObject([
    {
      resourcePath: '/items/{id}',
      httpMethod: 'GET',
      integration: {
        type: 'AWS_PROXY',
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Rest-Function',
        timeoutMs: 29_000,
      },
    },
    {
      resourcePath: '/',
      httpMethod: 'OPTIONS',
      integration: {
        type: 'MOCK',
        integrationResponses: [
          { statusCode: '204', responseParameters: { 'method.response.header.Vary': "'Origin'" } },
        ],
      },
    },
  ]);
});
