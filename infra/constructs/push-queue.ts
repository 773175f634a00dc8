/** The queue of what is pushed to large chats, and the function that pushes it. */
import { Duration, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import { MessengerFunction } from './messenger-function.ts';

export interface PushQueueProps {
  /** Folder of the push-frames function's bundle. */
  readonly bundle: string;
}

/** A socket is given up after a second without an answer; of a chat's sockets 64 are told at once. */
const TIMEOUT = Duration.seconds(30);

export class PushQueue extends Construct {
  readonly queue: Queue;
  readonly pushFrames: MessengerFunction;

  constructor(scope: Construct, id: string, props: PushQueueProps) {
    super(scope, id);
    const common = { fifo: true, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const deadLetterQueue = new Queue(this, 'DeadLetterQueue', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      // What is older has been noticed by the clients, and fetched.
      retentionPeriod: Duration.minutes(10),
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 3 },
    });

    this.pushFrames = new MessengerFunction(this, 'PushFramesFunction', {
      description: 'Tells the open sockets of large chats what happens there',
      bundle: props.bundle,
      timeout: TIMEOUT,
      environment: {},
    });
    this.pushFrames.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, maxConcurrency: 10, reportBatchItemFailures: true }),
    );

    Validations.of(deadLetterQueue).acknowledge({
      id: 'Serverless::Serverless-SQSRedrivePolicy',
      reason: 'It is the dead-letter queue.',
    });
    Validations.of(this.pushFrames).acknowledge({
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'An SQS event source has no failure destination; the queue has a dead-letter queue.',
    });
    new DeadLetterAlarm(this, 'DeadLetterAlarm', {
      deadLetterQueue,
      what: 'A push to sockets could not be read.',
      heading: 'dead-letters-of-pushes',
    });
  }

  grantPut(grantee: IGrantable): void {
    this.queue.grantSendMessages(grantee);
  }
}
