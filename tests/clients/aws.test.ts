/** The AWS CLI against the services of a deployment, beyond what README.md shows. */
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { runAws, runProgram } from './run-program.ts';

// Both Lambda modes of the embedded engine have the same endpoint.
describe.each(inject('deployments').slice(0, 1))('$name', ({ awsEndpoint }) => {
  const aws = (...args: string[]): Promise<string> => runAws(awsEndpoint, args);

  /** The words of a list. */
  const list = async (query: string, ...args: string[]): Promise<string[]> => {
    const words = await aws(...args, '--query', query, '--output', 'text');
    return words.split(/\s+/);
  };

  test.concurrent('sts knows the caller', async () => {
    expect(JSON.parse(await aws('sts', 'get-caller-identity'))).toMatchObject({ Account: '000000000000' });
  });

  test.concurrent('cloudformation lists stacks and describes resources', async () => {
    const { StackSummaries } = JSON.parse(await aws('cloudformation', 'list-stacks'));
    expect(StackSummaries).toContainEqual(expect.objectContaining({ StackName: 'Messenger' }));

    const describeResources = ['describe-stack-resources', '--stack-name', 'Messenger'];
    const { StackResources } = JSON.parse(await aws('cloudformation', ...describeResources));
    const resource = { LogicalResourceId: 'ChatsTableD30DF6B9', ResourceType: 'AWS::DynamoDB::Table' };
    expect(StackResources).toContainEqual(expect.objectContaining(resource));
  });

  test.concurrent('lambda lists and describes functions', async () => {
    const names = await list(
      'Functions[?starts_with(FunctionName, `Messenger`)].FunctionName',
      'lambda',
      'list-functions',
    );
    const deployed = await list(
      'StackResources[?ResourceType==`AWS::Lambda::Function`].PhysicalResourceId',
      'cloudformation',
      'describe-stack-resources',
      '--stack-name',
      'Messenger',
    );
    // Seven of the modules stream and chats; realtime is not on every engine.
    expect(deployed.length).toBeGreaterThanOrEqual(7);
    expect(names.toSorted()).toEqual(deployed.toSorted());
    const { Configuration } = JSON.parse(await aws('lambda', 'get-function', '--function-name', names[0]!));
    expect(Configuration).toMatchObject({ FunctionName: names[0], Runtime: 'nodejs24.x', Handler: 'index.handler' });
  });

  test.concurrent('sqs sends, receives and deletes', async () => {
    const [url] = await list('QueueUrl', 'sqs', 'create-queue', '--queue-name', `clients-${randomUUID()}`);
    const queue = ['--queue-url', url!];
    await aws('sqs', 'send-message', ...queue, '--message-body', '{"text": "Grüße"}');
    const attributes = await aws('sqs', 'get-queue-attributes', ...queue, '--attribute-names', 'All');
    expect(JSON.parse(attributes)).toMatchObject({ Attributes: { ApproximateNumberOfMessages: '1' } });

    const [message] = JSON.parse(await aws('sqs', 'receive-message', ...queue)).Messages;
    expect(message.Body).toBe('{"text": "Grüße"}');
    await aws('sqs', 'delete-message', ...queue, '--receipt-handle', message.ReceiptHandle);
    await aws('sqs', 'delete-queue', ...queue);
  });

  test.concurrent('dynamodb reads and writes under conditions', async () => {
    const names = await list('TableNames', 'dynamodb', 'list-tables');
    const table = ['--table-name', names.find((name) => name.includes('ChatsTable'))!];
    const KeySchema = [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ];
    expect(JSON.parse(await aws('dynamodb', 'describe-table', ...table))).toMatchObject({ Table: { KeySchema } });

    const key = { pk: { S: `clients#${randomUUID()}` }, sk: { S: 'item' } };
    const Item = { ...key, text: { S: 'Grüße' } };
    const onlyNew = ['--condition-expression', 'attribute_not_exists(pk)'];
    const put = ['dynamodb', 'put-item', ...table, '--item', JSON.stringify(Item), ...onlyNew];
    await aws(...put);
    const again = await runProgram('aws', put, { endpoint: awsEndpoint });
    expect(again.exitCode).toBe(255);
    expect(again.stderr).toContain('(ConditionalCheckFailedException) when calling the PutItem operation');

    const values = ['--expression-attribute-values', JSON.stringify({ ':pk': key.pk })];
    const query = ['query', ...table, '--key-condition-expression', 'pk = :pk', ...values];
    expect(JSON.parse(await aws('dynamodb', ...query))).toMatchObject({ Items: [Item], Count: 1 });

    const keyArgs = ['--key', JSON.stringify(key)];
    await aws('dynamodb', 'delete-item', ...table, ...keyArgs);
    expect(await aws('dynamodb', 'get-item', ...table, ...keyArgs, '--consistent-read')).toBe('');
  });
});
