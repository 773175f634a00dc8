/** What the settings do to the template, and what each function may do. */
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { MessengerStack } from '../../infra/messenger-stack.ts';
import { readSettings, type Settings } from '../../infra/settings.ts';

const settings: Settings = { modules: new Set(['stream']), throttle: undefined, publicAccess: false };

function synthesize(overrides: Partial<Settings> = {}): Template {
  const stack = new MessengerStack(new App(), 'Messenger', { settings: { ...settings, ...overrides } });
  return Template.fromStack(stack);
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
    const template = synthesize();
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: 'send_message' });
    template.resourcePropertiesCountIs(
      'AWS::ApiGateway::Method',
      { HttpMethod: 'POST', Integration: { Type: 'AWS_PROXY' } },
      1,
    );
    template.resourcePropertiesCountIs(
      'AWS::ApiGateway::Method',
      { HttpMethod: 'GET', Integration: { Type: 'AWS_PROXY' } },
      1,
    );
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  test('leaves nothing in the template when it is off', () => {
    const template = synthesize({ modules: new Set() }).toJSON();
    expect(template['Resources'] ?? {}).toEqual({});
    expect(template['Outputs'] ?? {}).toEqual({});
  });
});

describe('the chat-activity queue', () => {
  test('keeps what cannot be handled in a dead-letter queue for 14 days, with an alarm', () => {
    const template = synthesize();
    template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 5 }, DelaySeconds: 1 });
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
});

describe('grants', () => {
  test('give each function what it calls and no more', () => {
    const template = synthesize();
    expect(actionsOf(template, /CheckHealth/)).toEqual(['dynamodb:GetItem']);
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
    expect(actionsOf(template, /FanOut/)).toEqual([
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
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
  test('throttle sets the rate of every method; by default there is none', () => {
    synthesize({ throttle: 100 }).hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [Match.objectLike({ HttpMethod: '*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 })],
    });
    synthesize().hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: Match.absent() })],
    });
  });

  test('publicAccess opens the routes that know no sign-in; otherwise AWS credentials are needed', () => {
    const open = { AuthorizationType: 'NONE', Integration: { Type: 'AWS_PROXY' } };
    const signed = { AuthorizationType: 'AWS_IAM', Integration: { Type: 'AWS_PROXY' } };
    synthesize({ publicAccess: true }).resourcePropertiesCountIs('AWS::ApiGateway::Method', open, 2);
    synthesize({ publicAccess: false }).resourcePropertiesCountIs('AWS::ApiGateway::Method', signed, 2);
  });

  test('are read from context, with defaults', () => {
    expect(readSettings(new App().node)).toEqual(settings);
    const context = { modules: 'stream', throttle: '50', publicAccess: 'true' };
    expect(readSettings(new App({ context }).node)).toEqual({
      modules: new Set(['stream']),
      throttle: 50,
      publicAccess: true,
    });
  });

  test.each([
    ['modules', 'chat', 'modules: got "chat"; it takes stream'],
    ['throttle', 'many', 'throttle: got "many"; it takes requests per second, for example 100, or off'],
    ['throttle', '-1', 'throttle: got "-1"'],
    ['publicAccess', 'yes', 'publicAccess: got "yes"; it takes true or false'],
  ])('%s=%s is refused', (name, value, message) => {
    expect(() => readSettings(new App({ context: { [name]: value } }).node)).toThrow(message);
  });
});
