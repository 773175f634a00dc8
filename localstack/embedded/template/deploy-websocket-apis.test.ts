// Tests of deploying WebSocket APIs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUNCTION, LOGS, QUEUE, ROLE, TemporaryDeployment } from './temporary-deployment.ts';
import type { Resources } from './temporary-deployment.ts';

let deployment: TemporaryDeployment;

beforeAll(async () => {
  deployment = await TemporaryDeployment.start();
});

afterAll(async () => {
  await deployment.stop();
});

const ApiId = { Ref: 'Api' };
const Uri = {
  'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
};

function describeRoute(RouteKey: string, rest: object = {}): Resources[string] {
  const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { ApiId, RouteKey, AuthorizationType: 'NONE', Target, ...rest },
  };
}

function describeApi(rest: object = {}): Resources[string] {
  const RouteSelectionExpression = '$request.body.action';
  const properties = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression, ...rest };
  return { Type: 'AWS::ApiGatewayV2::Api', Properties: properties };
}

function describeIntegration(rest: object = {}): Resources[string] {
  const properties = { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: Uri, ...rest };
  return { Type: 'AWS::ApiGatewayV2::Integration', Properties: properties };
}

function describeStage(rest: object = {}): Resources[string] {
  return { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId, StageName: 'v1', AutoDeploy: true, ...rest } };
}

const FUNCTIONS: Resources = { Function: FUNCTION, Queue: QUEUE, Role: ROLE, Logs: LOGS };

test('a WebSocket API is gathered from its resources', async () => {
  const { webSocketApis, outputs } = await deployment.deploy(
    'Sockets',
    {
      Stage: describeStage({
        DeploymentId: { Ref: 'Deployment' },
        StageVariables: { table: 'items' },
        AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: '$context.requestId' },
        DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20, LoggingLevel: 'INFO' },
        RouteSettings: { $connect: { ThrottlingBurstLimit: '5' } },
      }),
      Api: describeApi(),
      Integration: describeIntegration({ TimeoutInMillis: 5_000 }),
      Connect: describeRoute('$connect'),
      Note: describeRoute('note', { RouteResponseSelectionExpression: '$default' }),
      NoteResponse: {
        Type: 'AWS::ApiGatewayV2::RouteResponse',
        Properties: { ApiId, RouteId: { Ref: 'Note' }, RouteResponseKey: '$default' },
      },
      Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId }, DependsOn: ['Connect', 'Note'] },
      ...FUNCTIONS,
    },
    { Outputs: { Id: { Value: ApiId }, Url: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } } },
  );

  const integration = {
    type: 'AWS_PROXY',
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Sockets-Function',
    timeoutMs: 5_000,
  };
  expect(outputs['Id']).toMatch(/^[a-z0-9]{10}$/);
  expect(outputs['Url']).toBe(`wss://${outputs['Id']}.execute-api.us-east-1.amazonaws.com`);
  expect(webSocketApis).toEqual([
    {
      definition: {
        apiId: outputs['Id'],
        name: 'chat',
        stageName: 'v1',
        region: 'us-east-1',
        stageVariables: { table: 'items' },
        routeSelectionExpression: '$request.body.action',
        routes: [
          { routeKey: '$connect', integration, hasRouteResponse: false },
          { routeKey: 'note', integration, hasRouteResponse: true },
        ],
        defaultThrottle: { throttlingRateLimit: 10, throttlingBurstLimit: 20 },
        routeThrottles: { $connect: { throttlingRateLimit: undefined, throttlingBurstLimit: 5 } },
      },
      accessLog: { format: '$context.requestId', logGroup: 'Sockets-Logs' },
    },
  ]);
});

describe('what is not emulated is refused by name', () => {
  test.each<[string, Resources, RegExp]>([
    ['an HTTP API', { Api: describeApi({ ProtocolType: 'HTTP' }) }, /Api .*: ProtocolType: HTTP APIs are not emulated/],
    [
      'another route selection',
      { Api: describeApi({ RouteSelectionExpression: '$request.header.x-kind' }) },
      /Api .*: RouteSelectionExpression: only a member of the message is emulated/,
    ],
    ['CORS', { Api: describeApi({ CorsConfiguration: {} }) }, /Api .*: CorsConfiguration: a property of HTTP APIs/],
    ['an unknown property', { Api: describeApi({ Colour: 'red' }) }, /Api .*: Colour: the local engine does not know/],
    [
      'another integration',
      { Api: describeApi(), Integration: describeIntegration({ IntegrationType: 'MOCK' }), ...FUNCTIONS },
      /Integration .*: IntegrationType: only the integration type AWS_PROXY is emulated/,
    ],
    [
      'an authorizer',
      {
        Api: describeApi(),
        Integration: describeIntegration(),
        Connect: describeRoute('$connect', { AuthorizationType: 'CUSTOM' }),
        ...FUNCTIONS,
      },
      /Connect .*: AuthorizationType: authorization is not emulated/,
    ],
    [
      'an API key',
      {
        Api: describeApi(),
        Integration: describeIntegration(),
        Connect: describeRoute('$connect', { ApiKeyRequired: true }),
        ...FUNCTIONS,
      },
      /Connect .*: ApiKeyRequired: API keys are not emulated/,
    ],
    [
      'a setting of a route that is not known',
      { Api: describeApi(), Stage: describeStage({ RouteSettings: { note: { Colour: 'red' } } }) },
      /Stage .*: RouteSettings\.note\.Colour: the local engine does not know/,
    ],
  ])('%s', async (_what, resources, message) => {
    await expect(deployment.deploy('Refused', resources)).rejects.toThrow(message);
  });

  test.each<[string, Resources, RegExp]>([
    [
      'a route of another API',
      {
        Api: describeApi(),
        Integration: describeIntegration(),
        Connect: describeRoute('$connect', { ApiId: 'abc' }),
        ...FUNCTIONS,
      },
      /Connect belongs to the WebSocket API abc, which is not of this stack/,
    ],
    [
      'an integration of nothing',
      {
        Api: describeApi(),
        Stage: describeStage(),
        Connect: describeRoute('$connect', { Target: 'integrations/abc' }),
      },
      /The route \$connect has the integration abc, which is not of its API/,
    ],
    [
      'an integration of another service',
      { Api: describeApi(), Integration: describeIntegration({ IntegrationUri: 'arn:aws:sqs' }) },
      /Integration has the integration URI arn:aws:sqs; expected that of a function/,
    ],
  ])('%s', async (_what, resources, message) => {
    await expect(deployment.deploy('Refused', resources)).rejects.toThrow(message);
  });
});
