// Tests of deploying tables into a real local DynamoDB.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callDynamoDb } from '../dynamodb/call-dynamodb.ts';
import { describeTable, TemporaryDeployment } from './temporary-deployment.ts';
import type { Resources } from './temporary-deployment.ts';

let deployment: TemporaryDeployment;

beforeAll(async () => {
  deployment = await TemporaryDeployment.start();
});

afterAll(async () => {
  await deployment.stop();
});

function describeItems(attributes: Record<string, string>, keys: string[]): Resources {
  return { Items: { Type: 'AWS::DynamoDB::Table', Properties: describeTable(attributes, keys) } };
}

describe('tables', () => {
  test('are created with keys, indexes and time to live', async () => {
    const index = {
      IndexName: 'by-n',
      KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    };
    const { tables, outputs } = await deployment.deploy(
      'Tables',
      {
        Items: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            ...describeTable({ id: 'S', n: 'N' }, ['id']),
            GlobalSecondaryIndexes: [index],
            TimeToLiveSpecification: { AttributeName: 'expiry', Enabled: true },
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        },
      },
      { Outputs: { TableArn: { Value: { 'Fn::GetAtt': ['Items', 'Arn'] } } } },
    );

    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Tables-Items';
    expect(tables).toEqual([{ name: 'Tables-Items', arn }]);
    expect(outputs).toEqual({ TableArn: arn });
    const request = { TableName: 'Tables-Items' };
    expect(await callDynamoDb(deployment.dynamoDb.endpoint, 'DescribeTable', request)).toMatchObject({
      Table: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], GlobalSecondaryIndexes: [index] },
    });
    expect(await callDynamoDb(deployment.dynamoDb.endpoint, 'DescribeTimeToLive', request)).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiry' },
    });
  });

  test('of the type GlobalTable are created with one replica', async () => {
    const table = {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { ...describeTable({ id: 'S' }, ['id']), Replicas: [{ Region: { Ref: 'AWS::Region' } }] },
    };

    const { tables } = await deployment.deploy('Global', { Items: table });

    expect(tables).toMatchObject([{ name: 'Global-Items' }]);
  });

  test('with provisioned throughput are created', async () => {
    const { BillingMode: _, ...keys } = describeTable({ id: 'S' }, ['id']);
    const properties = { ...keys, ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 5 } };

    const { tables } = await deployment.deploy('Provisioned', {
      Items: { Type: 'AWS::DynamoDB::Table', Properties: properties },
    });

    expect(tables).toHaveLength(1);
  });

  test('of an earlier run keep their items and take a changed time to live', async () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: describeTable({ id: 'S' }, ['id']) };
    const expiring = {
      ...table,
      Properties: { ...table.Properties, TimeToLiveSpecification: { AttributeName: 'expiry', Enabled: true } },
    };
    const Item = { id: { S: 'kept' } };
    await deployment.deploy('Again', { Items: expiring });
    await callDynamoDb(deployment.dynamoDb.endpoint, 'PutItem', { TableName: 'Again-Items', Item });

    await deployment.deploy('Again', { Items: table });

    const request = { TableName: 'Again-Items', Key: Item };
    expect(await callDynamoDb(deployment.dynamoDb.endpoint, 'GetItem', request)).toEqual({ Item });
    expect(
      await callDynamoDb(deployment.dynamoDb.endpoint, 'DescribeTimeToLive', { TableName: 'Again-Items' }),
    ).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    });
  });

  test('of an earlier run with other keys are an error that says what differs', async () => {
    await deployment.deploy('Changed', describeItems({ id: 'S' }, ['id']));

    const second = deployment.deploy('Changed', describeItems({ id: 'S', at: 'N' }, ['id', 'at']));

    await expect(second).rejects.toThrow(
      /table Changed-Items .*the key is id \(S\) in the data folder, id \(S\), at \(N\) in the template.*empty data folder/,
    );
  });
});
