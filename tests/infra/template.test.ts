/** What the modules are made of. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { environmentsOf, synthesize } from './synthesize.ts';

describe('the module stream', () => {
  test('routes GET / and POST /send_message to functions on the Node.js 24 runtime', () => {
    const template = synthesize({ modules: new Set(['stream']) });
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: 'send_message' });
    template.resourcePropertiesCountIs(
      'AWS::ApiGateway::Method',
      { HttpMethod: 'POST', Integration: { Type: 'AWS_PROXY' } },
      1,
    );
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'GET',
      ResourceId: { 'Fn::GetAtt': [Match.anyValue(), 'RootResourceId'] },
      Integration: { Type: 'AWS_PROXY' },
    });
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  test('leaves none of its routes in the template when it is off', () => {
    const template = synthesize({ modules: new Set(['chats']) });
    template.resourcePropertiesCountIs('AWS::ApiGateway::Resource', { PathPart: 'send_message' }, 0);
  });
});

describe('the module chats', () => {
  test('keeps people in a table of their own, which forgets failures to sign in and can be restored', () => {
    const tables = synthesize({ modules: new Set(['chats']) }).findResources('AWS::DynamoDB::Table');
    const [people] = Object.entries(tables).flatMap(([id, table]) => (id.includes('PeopleTable') ? [table] : []));
    expect(people?.['Properties']).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test('leaves nothing of people in the template when it is off', () => {
    const template = synthesize({ modules: new Set(['stream']) });
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    template.resourcePropertiesCountIs('AWS::ApiGateway::Resource', { PathPart: 'v1' }, 0);
  });
});

describe('the module realtime', () => {
  test('routes handshakes, ends, messages and all else to one function, on a stage that logs no query', () => {
    const template = synthesize();
    for (const RouteKey of ['$connect', '$disconnect', '$default', 'send-message'])
      template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey, AuthorizationType: 'NONE' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { Format: Match.not(Match.stringLikeRegexp('[qQ]uery|path|domain')) },
    });
  });

  test('lets functions that tell sockets reach those of its stage, and no others', () => {
    const template = synthesize();
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(policies.match(/execute-api:ManageConnections/g)).toHaveLength(5);
    expect(policies.match(/\/prod\/\*\/@connections\/\*/g)).toHaveLength(5);
    for (const variables of environmentsOf(template)) {
      if (!('SOCKET_TABLE_NAME' in variables)) continue;
      expect(variables).toHaveProperty('SOCKET_CALLBACK_URL');
    }
  });

  test('leaves nothing in the template when it is off', () => {
    const template = JSON.stringify(synthesize({ modules: new Set(['stream', 'chats']) }));
    for (const trace of ['ApiGatewayV2', 'SOCKET_', 'PUSH_QUEUE', '.fifo', 'ManageConnections'])
      expect(template).not.toContain(trace);
  });

  test('stands under one base URL with the API where CloudFront is asked for', () => {
    const template = synthesize({ cloudFront: true });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: [Match.objectLike({ PathPattern: '/messenger/ws', ViewerProtocolPolicy: 'https-only' })],
        Logging: Match.absent(),
      },
    });
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: Match.stringLikeRegexp("uri = '/prod'"),
    });
    template.hasOutput('BaseUrl', {});
    synthesize().resourceCountIs('AWS::CloudFront::Distribution', 0);
  });
});

test('without modules there is nothing in the template', () => {
  const template = synthesize({ modules: new Set() }).toJSON();
  expect(template['Resources'] ?? {}).toEqual({});
  expect(template['Outputs'] ?? {}).toEqual({});
});

test('every function is known by its name, which AWS and LocalStack make of stack and logical id', () => {
  // AWS cuts the id so that 64 characters hold the stack's name, two hyphens and 12 characters at random; LocalStack, later.
  const kept = 64 - 'Messenger--'.length - 12;
  const ids = Object.keys(synthesize().findResources('AWS::Lambda::Function'));
  expect(ids.length).toBeGreaterThan(5);
  for (const id of ids) expect(id.slice(0, kept)).toMatch(/Function[0-9A-F]{0,8}$/);
});

describe('the chat-activity queue', () => {
  test('keeps what cannot be handled in a dead-letter queue for 14 days, with an alarm', () => {
    const template = synthesize();
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: { maxReceiveCount: 5 },
      DelaySeconds: Match.absent(),
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: Match.absent(),
      MessageRetentionPeriod: 1_209_600,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('hands over all that has come in a second', () => {
    const template = synthesize();
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp('FanOutFunction') },
      BatchSize: 40,
      MaximumBatchingWindowInSeconds: 1,
    });
  });
});
