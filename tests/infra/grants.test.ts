/** What each function may do. */
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { synthesize } from './synthesize.ts';

const actionsOf = (template: Template, role: RegExp): string[] => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const own = policies.filter((policy) => role.test(JSON.stringify(policy['Properties'].Roles)));
  return own
    .flatMap((policy): { Action: string | string[] }[] => policy['Properties'].PolicyDocument.Statement)
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith('dynamodb:') || action.startsWith('sqs:'))
    .toSorted();
};

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
