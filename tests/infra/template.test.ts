/** What the settings do to the template, and what each function may do. */
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { MessengerStack } from '../../infra/messenger-stack.ts';
import { readSettings, type Settings } from '../../infra/settings.ts';

const settings: Settings = {
  modules: new Set(['stream', 'chats', 'realtime']),
  throttle: 100,
  publicAccess: false,
  sessionLifetimeMinutes: 60,
  tokenType: 'session_id',
  sessionThrottle: 50,
  cache: { kind: 'memory' },
  cloudFront: false,
};

function synthesize(overrides: Partial<Settings> = {}): Template {
  const stack = new MessengerStack(new App(), 'Messenger', { settings: { ...settings, ...overrides } });
  return Template.fromStack(stack);
}

interface MethodSetting {
  readonly HttpMethod: string;
  readonly ResourcePath: string;
}

/** The stage's settings for single methods. */
function findLimits(template: Template): MethodSetting[] {
  const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
  const settingsOfMethods: MethodSetting[] = stage?.['Properties'].MethodSettings;
  return settingsOfMethods.filter(({ HttpMethod }) => HttpMethod !== '*');
}

/** The environment variables of the functions that check sessions. */
function environmentsOf(template: Template): Record<string, string>[] {
  return Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment.Variables)
    .filter((variables) => 'TOKEN_TYPE' in variables && 'PEOPLE_TABLE_NAME' in variables);
}

const actionsOf = (template: Template, role: RegExp): string[] => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const own = policies.filter((policy) => role.test(JSON.stringify(policy['Properties'].Roles)));
  return own
    .flatMap((policy): { Action: string | string[] }[] => policy['Properties'].PolicyDocument.Statement)
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith('dynamodb:') || action.startsWith('sqs:'))
    .toSorted();
};

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
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
    });
  });
});

describe('grants', () => {
  test('give each function what it calls and no more', () => {
    const template = synthesize();
    // One of each table.
    expect(actionsOf(template, /CheckHealth/)).toEqual(['dynamodb:GetItem', 'dynamodb:GetItem']);
    expect(actionsOf(template, /SendMessage/)).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
    // Of two tables: people, and the sockets of sessions that it ends.
    expect(actionsOf(template, /ManageAccounts/)).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'dynamodb:UpdateItem',
    ]);
    expect(actionsOf(template, /PushFrames/)).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:UpdateItem',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ]);
  });

  test('let a function do what its module needs, and nothing of another', () => {
    const template = synthesize({ modules: new Set(['stream', 'chats']) });
    expect(actionsOf(template, /FanOut/)).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ]);
  });

  test('name resources, never everything', () => {
    const policies = Object.values(synthesize().findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(
      (policy): { Resource: unknown }[] => policy['Properties'].PolicyDocument.Statement,
    );
    for (const { Resource } of statements) expect(Resource).not.toBe('*');
  });
});

describe('settings', () => {
  test('throttle limits each route of the module chats, and none of the module stream', () => {
    const limits = findLimits(synthesize({ throttle: 70 }));
    expect(limits).toContainEqual({
      HttpMethod: 'PATCH',
      ResourcePath: '/~1v1~1chats~1{chat_id}~1messages~1{seq}',
      ThrottlingRateLimit: 70,
      ThrottlingBurstLimit: 70,
      LoggingLevel: 'ERROR',
    });
    const limited = limits.map(({ HttpMethod, ResourcePath }) => `${HttpMethod} ${ResourcePath}`);
    for (const route of ['POST /~1v1~1auth~1login', 'DELETE /~1v1~1sessions~1{id}', 'PUT /~1auth~1token'])
      expect(limited).toContain(route);
    for (const route of ['GET /', 'GET /~1', 'POST /~1send_message']) expect(limited).not.toContain(route);
    expect(findLimits(synthesize({ throttle: undefined }))).toEqual([]);
  });

  test('what is throttled is told so, and when to come again', () => {
    synthesize().hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'THROTTLED',
      ResponseTemplates: { 'application/json': '{"code":429,"message":"too-many-requests"}' },
      ResponseParameters: Match.objectLike({ 'gatewayresponse.header.Retry-After': "'1'" }),
    });
  });

  test('those of sessions reach the functions that check them', () => {
    const overrides = { sessionLifetimeMinutes: 5, tokenType: 'Ticket', sessionThrottle: 20 };
    const limited = environmentsOf(synthesize(overrides));
    expect(limited.length).toBeGreaterThan(1);
    for (const variables of limited) expect(variables).toMatchObject({ TOKEN_TYPE: 'Ticket', SESSION_THROTTLE: '20' });
    expect(limited.flatMap(({ SESSION_LIFETIME_MINUTES: minutes }) => minutes ?? [])).toEqual(['5']);
    for (const variables of environmentsOf(synthesize({ sessionThrottle: undefined })))
      expect(variables).not.toHaveProperty('SESSION_THROTTLE');
  });

  test('publicAccess opens the routes that know no sign-in; otherwise AWS credentials are needed', () => {
    const signed = { AuthorizationType: 'AWS_IAM', Integration: { Type: 'AWS_PROXY' } };
    synthesize({ publicAccess: true }).resourcePropertiesCountIs('AWS::ApiGateway::Method', signed, 0);
    synthesize({ publicAccess: false }).resourcePropertiesCountIs('AWS::ApiGateway::Method', signed, 2);
  });

  test('are read from context, with defaults', () => {
    expect(readSettings(new App().node)).toEqual(settings);
    const context = {
      modules: 'stream',
      throttle: '50',
      publicAccess: 'true',
      sessionLifetimeMinutes: '0.5',
      tokenType: 'Ticket',
      sessionThrottle: 'off',
      cache: 'off',
    };
    expect(readSettings(new App({ context }).node)).toEqual({
      modules: new Set(['stream']),
      throttle: 50,
      publicAccess: true,
      sessionLifetimeMinutes: 0.5,
      tokenType: 'Ticket',
      sessionThrottle: undefined,
      cache: { kind: 'off' },
      cloudFront: false,
    });
    expect(readSettings(new App({ context: { throttle: 'off' } }).node).throttle).toBeUndefined();
  });

  test.each([
    ['modules', 'chat', 'modules: got "chat"; it takes stream, chats, realtime'],
    ['throttle', 'many', 'throttle: got "many"; it takes requests per second, for example 100, or off'],
    ['throttle', '-1', 'throttle: got "-1"'],
    ['throttle', '0.5', 'throttle: got "0.5"'],
    ['sessionThrottle', '0', 'sessionThrottle: got "0"; it takes requests per second, for example 100, or off'],
    ['sessionLifetimeMinutes', 'hour', 'sessionLifetimeMinutes: got "hour"; it takes minutes, for example 60'],
    ['sessionLifetimeMinutes', '0', 'sessionLifetimeMinutes: got "0"'],
    ['tokenType', 'session id', 'tokenType: got "session id"; it takes one word'],
    ['publicAccess', 'yes', 'publicAccess: got "yes"; it takes true or false'],
    ['modules', 'stream,realtime', 'modules: got "stream,realtime"; realtime takes chats beside it'],
    ['cloudFront', '1', 'cloudFront: got "1"; it takes true or false'],
  ])('%s=%s is refused', (name, value, message) => {
    expect(() => readSettings(new App({ context: { [name]: value } }).node)).toThrow(message);
  });
});

describe('the message cache', () => {
  test('is in the memory of each environment by default, and needs no network of its own', () => {
    const template = synthesize();
    expect(messagesFunction(template)).toMatchObject({ Environment: { Variables: { MESSAGE_CACHE: 'memory' } } });
    expect(messagesFunction(template)).not.toHaveProperty('VpcConfig');
    template.resourceCountIs('AWS::EC2::VPC', 0);
  });

  test('can be a Redis that is there already', () => {
    const template = synthesize({ cache: { kind: 'redis', url: 'redis://127.0.0.1:6379' } });
    expect(messagesFunction(template)).toMatchObject({
      Environment: { Variables: { MESSAGE_CACHE: 'redis', REDIS_URL: 'redis://127.0.0.1:6379' } },
    });
    template.resourceCountIs('AWS::ElastiCache::ServerlessCache', 0);
  });

  test('is else an ElastiCache beside its function, in a network without a way out', () => {
    const template = synthesize({ cache: { kind: 'redis', url: undefined } });
    expect(messagesFunction(template)).toHaveProperty('VpcConfig');
    expect(JSON.stringify(messagesFunction(template))).toContain('rediss://');
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: [
        { 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/service-role/AWSLambdaENIManagementAccess'])] },
      ],
    });
    template.resourceCountIs('AWS::ElastiCache::ServerlessCache', 1);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  });
});

function messagesFunction(template: Template): object {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  return functions.find(({ Properties }) => 'MESSAGE_CACHE' in Properties.Environment.Variables)?.['Properties'];
}
