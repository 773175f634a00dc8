// AWS::SQS::Queue.
import { z } from 'zod';
import { createPhysicalName } from '../physical-names.ts';
import { flag, number, text, withoutEffect } from './property-schemas.ts';
import { defineResourceType } from './resource-type.ts';

const MAX_NAME_LENGTH = 80;

const queueProperties = z.strictObject({
  QueueName: text.optional(),
  VisibilityTimeout: number.optional(),
  DelaySeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  MessageRetentionPeriod: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: text, maxReceiveCount: number }).optional(),
  RedriveAllowPolicy: z.record(z.string(), z.unknown()).optional(),
  FifoQueue: flag.optional(),
  ContentBasedDeduplication: flag.optional(),
  DeduplicationScope: z.literal('queue', 'deduplication per message group is not emulated').optional(),
  FifoThroughputLimit: text.optional(),
  SqsManagedSseEnabled: flag.optional(),
  ...withoutEffect({
    KmsMasterKeyId: 'the messages lie in a local folder',
    KmsDataKeyReusePeriodSeconds: 'the messages lie in a local folder',
    Tags: 'labels only',
  }),
});
const WITHOUT_ATTRIBUTE = new Set(['QueueName', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'Tags']);

/** A queue of an earlier run keeps its messages and takes the attributes of the template. */
export const sqsQueue = defineResourceType(queueProperties, (properties, { stackName, logicalId, sqs, created }) => {
  const suffix = properties.FifoQueue === true ? '.fifo' : '';
  const name = properties.QueueName ?? createPhysicalName(stackName, logicalId, MAX_NAME_LENGTH, suffix);
  const attributes = Object.entries(properties)
    .filter(([property, value]) => value !== undefined && !WITHOUT_ATTRIBUTE.has(property))
    .map(([property, value]) => [property, typeof value === 'string' ? value : JSON.stringify(value)]);
  const queue = sqs.createQueue(name, Object.fromEntries(attributes));
  created.queues.push(queue);
  return { ref: queue.url, attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: queue.url } };
});
