/** Tells that something could not be handled and waits for somebody to look at it. */
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface DeadLetterAlarmProps {
  readonly deadLetterQueue: IQueue;
  /** What could not be handled: a sentence. */
  readonly what: string;
  /** The heading in docs/runbook.md, as a link names it. */
  readonly heading: string;
}

export class DeadLetterAlarm extends Alarm {
  constructor(scope: Construct, id: string, { deadLetterQueue, what, heading }: DeadLetterAlarmProps) {
    super(scope, id, {
      alarmDescription: `${what} See docs/runbook.md#${heading}`,
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
