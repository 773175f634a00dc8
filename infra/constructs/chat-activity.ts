/** The chat-activity queue, on which a sender announces that it is about to write to a chat, and the function that it wakes. */
import { Duration, Validations } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../shared/runtime/environment.ts';
import type { ChatTable } from './chat-table.ts';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import { MessengerFunction } from './messenger-function.ts';

export interface ChatActivityProps {
  readonly chats: ChatTable;
  /** Folder of the fan-out function's bundle. */
  readonly bundle: string;
}

const TIMEOUT = Duration.seconds(30);
/** Of a signal: longer, and fewer of them tell of more messages each; shorter, and what is lost is noticed sooner. */
const LONGEST_DELAY = Duration.seconds(16);

export class ChatActivity extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly fanOut: MessengerFunction;

  constructor(scope: Construct, id: string, props: ChatActivityProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the consumer's timeout, as Lambda's documentation asks for.
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 5 },
    });

    this.fanOut = new MessengerFunction(this, 'FanOutFunction', {
      description: 'Moves the published watermark of active chats and archives what is old',
      bundle: props.bundle,
      timeout: TIMEOUT,
      environment: { [ENVIRONMENT.chatTable]: props.chats.table.tableName },
    });
    props.chats.grantMessages(this.fanOut);
    this.fanOut.addEventSource(
      new SqsEventSource(this.queue, {
        // One run of the function for what has come in a second: a signal can wait, and runs are what it costs. Eight chats
        // at a time, each may take five seconds of a slow store before the function's time is over.
        batchSize: 40,
        maxBatchingWindow: Duration.seconds(1),
        maxConcurrency: 5,
        reportBatchItemFailures: true,
      }),
    );

    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'Serverless::Serverless-SQSRedrivePolicy',
      reason: 'It is the dead-letter queue.',
    });
    Validations.of(this.fanOut).acknowledge({
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'An SQS event source has no failure destination; the queue has a dead-letter queue.',
    });

    new DeadLetterAlarm(this, 'DeadLetterAlarm', {
      deadLetterQueue: this.deadLetterQueue,
      what: 'A signal of chat activity could not be handled.',
      heading: 'dead-letters-of-chat-activity',
    });
  }

  /** Lets a function signal that a chat has news. */
  letSignal(sender: MessengerFunction): void {
    this.queue.grantSendMessages(sender);
    sender.addEnvironment(ENVIRONMENT.chatActivityQueue, this.queue.queueUrl);
    sender.addEnvironment(ENVIRONMENT.longestSignalDelay, String(LONGEST_DELAY.toSeconds()));
  }
}
