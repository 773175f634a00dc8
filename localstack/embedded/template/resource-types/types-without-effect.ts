// Resource types that are accepted although nothing is created for them, each with the reason why it has no effect.
import { z } from 'zod';
import { createPhysicalName } from '../physical-names.ts';
import { defineResourceType } from './resource-type.ts';
import type { ResourceType } from './resource-type.ts';

interface TypeWithoutEffect {
  reason: string;
  /** The property that names the resource. */
  nameProperty?: string;
  /** The attribute Arn, with REGION, ACCOUNT and NAME in their places. */
  arn?: string;
}

const IAM = 'IAM is not emulated: every caller may do everything';
const METRICS = 'metrics are not recorded';
const LOGS = 'functions and stages log to files of the engine';

export const TYPES_WITHOUT_EFFECT: Readonly<Record<string, TypeWithoutEffect>> = {
  'AWS::ApiGateway::Account': { reason: 'execution logs are not written' },
  'AWS::ApplicationAutoScaling::ScalableTarget': { reason: 'throughput is not limited' },
  'AWS::ApplicationAutoScaling::ScalingPolicy': { reason: 'throughput is not limited' },
  'AWS::CDK::Metadata': { reason: 'statistics of the CDK' },
  'AWS::CloudWatch::Alarm': {
    reason: METRICS,
    nameProperty: 'AlarmName',
    arn: 'arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME',
  },
  'AWS::CloudWatch::CompositeAlarm': {
    reason: METRICS,
    nameProperty: 'AlarmName',
    arn: 'arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME',
  },
  'AWS::CloudWatch::Dashboard': { reason: METRICS, nameProperty: 'DashboardName' },
  'AWS::IAM::ManagedPolicy': { reason: IAM },
  'AWS::IAM::Policy': { reason: IAM, nameProperty: 'PolicyName' },
  'AWS::IAM::Role': { reason: IAM, nameProperty: 'RoleName', arn: 'arn:aws:iam::ACCOUNT:role/NAME' },
  'AWS::Lambda::Permission': { reason: IAM },
  'AWS::Logs::LogGroup': {
    reason: LOGS,
    nameProperty: 'LogGroupName',
    arn: 'arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*',
  },
  'AWS::Logs::MetricFilter': { reason: METRICS },
  'AWS::Logs::QueryDefinition': { reason: LOGS },
  'AWS::Logs::ResourcePolicy': { reason: IAM },
  'AWS::SQS::QueuePolicy': { reason: IAM },
};

const MAX_NAME_LENGTH = 255;
const anyProperties = z.record(z.string(), z.unknown());

/** The resource type that only gives others a name and an ARN to refer to. */
export function defineTypeWithoutEffect({ nameProperty = '', arn }: TypeWithoutEffect): ResourceType {
  return defineResourceType(anyProperties, (properties, { stackName, logicalId, region, accountId }) => {
    const given = properties[nameProperty];
    const name = typeof given === 'string' ? given : createPhysicalName(stackName, logicalId, MAX_NAME_LENGTH);
    const filledArn = arn?.replace('REGION', region).replace('ACCOUNT', accountId).replace('NAME', name);
    return { ref: name, attributes: filledArn === undefined ? {} : { Arn: filledArn } };
  });
}
