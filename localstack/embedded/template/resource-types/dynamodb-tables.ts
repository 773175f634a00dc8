// AWS::DynamoDB::Table, and AWS::DynamoDB::GlobalTable with a single replica, which is what CDK's TableV2 makes.
import { z } from 'zod';
import { flag, number, refused, text, withoutEffect } from './property-schemas.ts';
import { ensureTable } from './ensure-table.ts';
import { defineResourceType } from './resource-type.ts';

const keySchema = z.array(z.strictObject({ AttributeName: text, KeyType: z.enum(['HASH', 'RANGE']) }));
const throughput = z.strictObject({ ReadCapacityUnits: number, WriteCapacityUnits: number });
const indexShape = {
  IndexName: text,
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(text).optional(),
  }),
};
const indexWithoutEffect = withoutEffect({
  ContributorInsightsSpecification: 'metrics only',
  OnDemandThroughput: 'throughput is not limited',
  WarmThroughput: 'throughput is not limited',
});
const tableShape = {
  TableName: text.optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: text, AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  BillingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).default('PROVISIONED'),
  LocalSecondaryIndexes: z.array(z.strictObject(indexShape)).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: text.optional(), Enabled: flag }).optional(),
  StreamSpecification: refused('streams are not emulated'),
  ...withoutEffect({
    SSESpecification: 'the data lie in a local folder',
    WarmThroughput: 'throughput is not limited',
  }),
};
const tableSettings = {
  KinesisStreamSpecification: refused('streams are not emulated'),
  ...withoutEffect({
    ContributorInsightsSpecification: 'metrics only',
    DeletionProtectionEnabled: 'the engine deletes no table',
    PointInTimeRecoverySpecification: 'there are no backups',
    ResourcePolicy: 'IAM is not emulated',
    TableClass: 'a matter of cost',
    Tags: 'labels only',
  }),
};

const tableProperties = z.strictObject({
  ...tableShape,
  ...tableSettings,
  ProvisionedThroughput: throughput.optional(),
  GlobalSecondaryIndexes: z
    .array(z.strictObject({ ...indexShape, ProvisionedThroughput: throughput.optional(), ...indexWithoutEffect }))
    .optional(),
  ImportSourceSpecification: refused('tables start empty'),
  ...withoutEffect({ OnDemandThroughput: 'throughput is not limited' }),
});

const replica = z.strictObject({
  ...tableSettings,
  ...withoutEffect({
    Region: 'the one replica is local',
    GlobalSecondaryIndexes: 'settings of throughput and metrics',
    ReadOnDemandThroughputSettings: 'throughput is not limited',
    ReadProvisionedThroughputSettings: 'throughput is not limited',
    SSESpecification: 'the data lie in a local folder',
  }),
});
const globalTableProperties = z.strictObject({
  ...tableShape,
  Replicas: z.array(replica).length(1, 'tables with several replicas are not emulated'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        ...indexShape,
        ...indexWithoutEffect,
        ...withoutEffect({
          ReadOnDemandThroughputSettings: 'throughput is not limited',
          ReadProvisionedThroughputSettings: 'throughput is not limited',
          WriteOnDemandThroughputSettings: 'throughput is not limited',
          WriteProvisionedThroughputSettings: 'throughput is not limited',
        }),
      }),
    )
    .optional(),
  ...withoutEffect({
    ReadOnDemandThroughputSettings: 'throughput is not limited',
    ReadProvisionedThroughputSettings: 'throughput is not limited',
    WriteOnDemandThroughputSettings: 'throughput is not limited',
    WriteProvisionedThroughputSettings: 'throughput is not limited',
  }),
});

export const dynamoDbTable = defineResourceType(tableProperties, (properties, context) =>
  ensureTable(properties, context),
);

/** Its throughput settings say how it scales, which nothing local does, so it is made on demand. */
export const dynamoDbGlobalTable = defineResourceType(globalTableProperties, (properties, context) =>
  ensureTable({ ...properties, BillingMode: 'PAY_PER_REQUEST' }, context),
);
