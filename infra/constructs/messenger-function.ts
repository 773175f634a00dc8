/** A Lambda function of the messenger: a finished bundle, JSON logs in a log group of its own, a role that may no more than that. */
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface MessengerFunctionProps {
  readonly description: string;
  /** Folder that holds the bundle, index.mjs. */
  readonly bundle: string;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
}

export class MessengerFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: MessengerFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The default role may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    super(scope, id, {
      description: props.description,
      code: Code.fromAsset(props.bundle),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: props.timeout,
      environment: props.environment,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // A line per request would cost more than the request; faults are still logged.
      systemLogLevelV2: SystemLogLevel.WARN,
    });

    Validations.of(this).acknowledge(
      {
        id: 'Serverless::Serverless-LambdaDLQ',
        reason: 'Nothing invokes the functions asynchronously: HTTP has its answer, SQS its own dead-letter queue.',
      },
      {
        id: 'Serverless::Serverless-LambdaTracing',
        reason: 'X-Ray would charge for every message; the logs and metrics say what a trace of one hop would.',
      },
    );
  }
}
