/** Tests of CloudFormation's actions through the SDK's client. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../api-gateway/listen.ts';
import { closeServer, urlOf } from '../close-server.ts';
import { answerQuery } from './query-api.ts';
import { readBody } from './read-body.ts';

const STACK_ID = 'arn:aws:cloudformation:us-east-1:000000000000:stack/Stack/1';
const STACK = {
  stackName: 'Stack',
  stackId: STACK_ID,
  outputs: { Url: 'http://localhost/?a&b' },
  resources: [
    { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'queue-url' },
    { logicalId: 'Table', type: 'AWS::DynamoDB::Table', physicalId: 'items' },
  ],
};
const named = { StackName: 'Stack', StackId: STACK_ID };
const queue = {
  LogicalResourceId: 'Queue',
  PhysicalResourceId: 'queue-url',
  ResourceType: 'AWS::SQS::Queue',
  ResourceStatus: 'CREATE_COMPLETE',
};
let server: Server;
let client: CloudFormationClient;

beforeAll(async () => {
  server = await listen((request, response) => void answer(request, response), 0);
  client = new CloudFormationClient({
    endpoint: urlOf(server),
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, response);
  answerQuery(new URLSearchParams(body?.toString()), STACK, response);
}

afterAll(async () => {
  client.destroy();
  await closeServer(server);
});

test('DescribeStacks tells the outputs', async () => {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Stack' }));

  const Outputs = [{ OutputKey: 'Url', OutputValue: 'http://localhost/?a&b' }];
  expect(Stacks).toEqual([{ ...named, CreationTime: expect.any(Date), StackStatus: 'CREATE_COMPLETE', Outputs }]);
});

test.each([
  [undefined, ['Stack']],
  [['CREATE_COMPLETE', 'UPDATE_COMPLETE'] as const, ['Stack']],
  [['DELETE_COMPLETE'] as const, []],
])('ListStacks of the status %s is %s', async (status, names) => {
  const StackStatusFilter = status && [...status];
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({ StackStatusFilter }));

  expect(StackSummaries.map(({ StackName }) => StackName)).toEqual(names);
});

test('ListStackResources takes the id of a stack too', async () => {
  const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName: STACK_ID }));

  expect(StackResourceSummaries).toMatchObject([queue, { LogicalResourceId: 'Table' }]);
});

test.each([
  ['stack', { StackName: 'Stack' }, ['Queue', 'Table']],
  ['physical id', { PhysicalResourceId: 'queue-url' }, ['Queue', 'Table']],
  ['stack and logical id', { StackName: 'Stack', LogicalResourceId: 'Table' }, ['Table']],
])('DescribeStackResources takes a %s', async (_, input, logicalIds) => {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand(input));

  expect(StackResources.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(logicalIds);
  for (const resource of StackResources) expect(resource).toMatchObject({ ...named, Timestamp: expect.any(Date) });
});

test('the resources of a stack without a name are refused, as on AWS', async () => {
  await expect(client.send(new ListStackResourcesCommand({ StackName: undefined }))).rejects.toThrow(
    "Value null at 'stackName'",
  );
});

test('DescribeStackResource tells of one resource', async () => {
  const input = { StackName: 'Stack', LogicalResourceId: 'Queue' };
  const { StackResourceDetail } = await client.send(new DescribeStackResourceCommand(input));

  expect(StackResourceDetail).toEqual({ ...named, ...queue, LastUpdatedTimestamp: expect.any(Date) });
});

test.each([
  ['stack', 'Stack with id Other does not exist', () => client.send(new DescribeStacksCommand({ StackName: 'Other' }))],
  [
    'physical id',
    'Stack for other does not exist',
    () => client.send(new DescribeStackResourcesCommand({ PhysicalResourceId: 'other' })),
  ],
  [
    'logical id',
    'Resource Other does not exist for stack Stack',
    () => client.send(new DescribeStackResourceCommand({ StackName: 'Stack', LogicalResourceId: 'Other' })),
  ],
])('an unknown %s is a ValidationError', async (_, message, send) => {
  await expect(send()).rejects.toMatchObject({
    name: 'ValidationError',
    message,
    $metadata: { httpStatusCode: 400 },
  });
});
