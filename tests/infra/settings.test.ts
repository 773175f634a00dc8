/** What the settings do to the template. */
import { App } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../../infra/settings.ts';
import { environmentsOf, SETTINGS, synthesize } from './synthesize.ts';

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
    expect(readSettings(new App().node)).toEqual(SETTINGS);
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
