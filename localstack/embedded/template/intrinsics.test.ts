// Tests of the intrinsic functions of CloudFormation templates.
import { describe, expect, test } from 'vitest';
import type { Template } from './cloud-assembly.ts';
import { IntrinsicResolver } from './intrinsics.ts';

const TEMPLATE: Partial<Template> = {
  Parameters: {
    Stage: { Type: 'String', Default: 'test' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Open: { Type: 'String' },
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
  },
  Mappings: { Sizes: { test: { memory: 256 } } },
  Conditions: {
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    IsNotTest: { 'Fn::Not': [{ Condition: 'IsTest' }] },
    Both: { 'Fn::And': [{ Condition: 'IsTest' }, { Condition: 'IsNotTest' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsTest' }, { Condition: 'IsNotTest' }] },
    Circular: { 'Fn::Not': [{ Condition: 'Circular' }] },
  },
};

function createResolver(): IntrinsicResolver {
  return new IntrinsicResolver({
    template: { Resources: {}, ...TEMPLATE },
    pseudoParameters: { 'AWS::Region': 'us-east-1' },
    references: {
      findRef: (logicalId) => (logicalId === 'Queue' ? 'queue-url' : undefined),
      findAttribute: (logicalId, attribute) => (`${logicalId}.${attribute}` === 'Queue.Arn' ? 'queue-arn' : undefined),
    },
  });
}

describe('a value', () => {
  test.each([
    ['Ref of a resource', { Ref: 'Queue' }, 'queue-url'],
    ['Ref of a parameter', { Ref: 'Stage' }, 'test'],
    ['Ref of a list parameter', { Ref: 'Zones' }, ['a', 'b']],
    ['Ref of an SSM parameter', { Ref: 'BootstrapVersion' }, '/cdk-bootstrap/version'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'queue-arn'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Queue.Arn' }, 'queue-arn'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] }, 'a-test-1'],
    ['Join of a list', { 'Fn::Join': ['+', { Ref: 'Zones' }] }, 'a+b'],
    [
      'Sub',
      { 'Fn::Sub': '${AWS::Region}/${Queue}/${Queue.Arn}/${!Literal}' },
      'us-east-1/queue-url/queue-arn/${Literal}',
    ],
    ['Sub with variables', { 'Fn::Sub': ['${Name}-${Stage}', { Name: { Ref: 'Queue' } }] }, 'queue-url-test'],
    ['Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['Select of a Split', { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b'] }] }, 'b'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 256],
    ['Base64', { 'Fn::Base64': 'text' }, 'dGV4dA=='],
    ['If that holds', { 'Fn::If': ['IsTest', 'yes', { Ref: 'Unknown' }] }, 'yes'],
    ['If that does not hold', { 'Fn::If': ['IsNotTest', 'yes', 'no'] }, 'no'],
    ['If of And', { 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
    ['If of Or', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    ['NoValue in a map and a list', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    ['NoValue by If', { a: { 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, 1] }, b: 2 }, { b: 2 }],
    [
      'a plain map',
      { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  ])('with %s is resolved', (_name, value, resolved) => {
    expect(createResolver().resolve(value, 'Here')).toEqual(resolved);
  });
});

describe('an error', () => {
  test.each([
    ['an unknown function', { List: [{ 'Fn::Cidr': ['10.0.0.0/16', 2] }] }, /^Here\.List\[0\]\.Fn::Cidr: .*Fn::Cidr/],
    ['a function among other keys', { 'Fn::Sub': 'a', Other: 'b' }, /^Here: Fn::Sub must stand alone/],
    ['an unknown reference', { Ref: 'Missing' }, /^Here\.Ref: there is no resource or parameter Missing/],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Queue', 'Size'] },
      /^Here\.Fn::GetAtt: there is no attribute Size of a resource Queue/,
    ],
    ['a parameter without a default', { Ref: 'Open' }, /^Parameters\.Open: the parameter has no default/],
    ['an unknown condition', { 'Fn::If': ['Missing', 1, 2] }, /there is no condition Missing/],
    [
      'a circular condition',
      { 'Fn::If': ['Circular', 1, 2] },
      /^Conditions\.Circular: the condition depends on itself/,
    ],
    ['a missing mapping', { 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }, /there is no mapping Sizes\.prod\.memory/],
    ['a list of the wrong length', { 'Fn::Join': ['-'] }, /^Here\.Fn::Join: expected a list of 2/],
    ['an index out of range', { 'Fn::Select': [2, ['a']] }, /no list element of that index/],
    ['a map where a text belongs', { 'Fn::Join': ['', [{ a: 1 }]] }, /expected a text, got {"a":1}/],
  ])('of %s says where and what', (_name, value, message) => {
    expect(() => createResolver().resolve(value, 'Here')).toThrow(message);
  });
});
