// AWS::Lambda::EventSourceMapping of an SQS queue.
import { z } from 'zod';
import { flag, number, text, withoutEffect } from './property-schemas.ts';
import { defineResourceType } from './resource-type.ts';

const ONLY_QUEUES = 'only SQS queues are emulated as event sources';

const mappingProperties = z.strictObject({
  // Until the queue exists its ARN is a placeholder.
  EventSourceArn: text.refine((arn) => !/^arn:[^:]*:(?!sqs:)/.test(arn), ONLY_QUEUES),
  FunctionName: text,
  BatchSize: number.default(10),
  MaximumBatchingWindowInSeconds: number.default(0),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.optional() }).default({}),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: flag.default(true),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.unknown()).max(0, 'filters are not emulated').optional() })
    .optional(),
  ...withoutEffect({
    KmsKeyArn: 'filters are not emulated, and only they are encrypted',
    LoggingConfig: 'the poller logs to the engine',
    MetricsConfig: 'metrics only',
    Tags: 'labels only',
  }),
});

/** The queue must be one of the stack. A mapping that is not enabled is created and does nothing, as on AWS. */
export const lambdaEventSourceMapping = defineResourceType(mappingProperties, (properties, context) => {
  const { stackName, logicalId, created } = context;
  const { EventSourceArn: queueArn, FunctionName: functionName } = properties;
  const queue = created.queues.find(({ arn }) => arn === queueArn);
  if (queue === undefined) throw new Error(`${logicalId} polls ${queueArn}, which is not a queue of this stack`);
  if (properties.Enabled) {
    created.eventSources.push({
      queueUrl: queue.url,
      queueArn,
      functionName,
      batchSize: properties.BatchSize,
      maximumBatchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
      maximumConcurrency: properties.ScalingConfig.MaximumConcurrency,
      reportBatchItemFailures: properties.FunctionResponseTypes.length > 0,
    });
  }
  const id = `${stackName}-${logicalId}`;
  return { ref: id, attributes: { Id: id } };
});
