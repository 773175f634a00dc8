/** The setting of a table's time to live. When expired items go is not shown: on AWS it takes up to days. */
import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { refusalOf } from './refusal-of.ts';
import { shareTable } from './share-table.ts';

const TIME_TO_LIVE = 'Using time to live (TTL) in DynamoDB';
const TWICE = 'a time to live that is set can be set again.';
/** Of one case each, as it is the table that is changed. */
const [getEnabled, getTwice, getNever] = [shareTable(), shareTable(), shareTable()];

async function enable({ dynamoDb }: Engine, TableName: string): Promise<unknown> {
  const { TimeToLiveSpecification } = await dynamoDb.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiry' } }),
  );
  return TimeToLiveSpecification;
}

async function describeTimeToLive({ dynamoDb }: Engine, TableName: string): Promise<unknown> {
  const { TimeToLiveDescription } = await dynamoDb.send(new DescribeTimeToLiveCommand({ TableName }));
  return TimeToLiveDescription;
}

const cases: readonly ConformanceCase[] = [
  {
    name: 'a table has no time to live at first',
    source: TIME_TO_LIVE,
    observe: async (engine) => describeTimeToLive(engine, (await getNever(engine)).name),
    documented: { TimeToLiveStatus: 'DISABLED' },
  },
  {
    name: 'the attribute of the time to live is told when it is set',
    source: TIME_TO_LIVE,
    observe: async (engine) => {
      const { name } = await getEnabled(engine);
      return [await enable(engine, name), await describeTimeToLive(engine, name)];
    },
    documented: [
      { Enabled: true, AttributeName: 'expiry' },
      { TimeToLiveStatus: expect.stringMatching(/^ENABL(ING|ED)$/), AttributeName: 'expiry' },
    ],
  },
  {
    name: 'a time to live that is set is not set again',
    source: 'UpdateTimeToLive',
    observe: async (engine) => {
      const { name } = await getTwice(engine);
      await enable(engine, name);
      return refusalOf(enable(engine, name));
    },
    documented: 'ValidationException: TimeToLive is already enabled',
    differences: { localstack: { observed: undefined, why: TWICE }, ministack: { observed: undefined, why: TWICE } },
  },
  {
    name: 'a missing table is not found',
    source: 'UpdateTimeToLive',
    observe: async (engine) => refusalOf(enable(engine, 'conformance-none')),
    documented: expect.stringMatching(/^ResourceNotFoundException: /),
  },
];

runCases('DynamoDB: time to live', cases, ['embedded', 'localstack', 'ministack', 'dynamodb-local']);
