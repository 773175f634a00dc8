/** A Lambda function of the messenger: a finished bundle, JSON logs in a log group of its own, a role that may no more than that. */
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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

const NETWORK_POLICY = 'service-role/AWSLambdaENIManagementAccess';

export interface MessengerFunctionProps {
  readonly description: string;
  /** Folder that holds the bundle, index.mjs. */
  readonly bundle: string;
  readonly timeout: Duration;
  /** In MB; what makes a function's processor faster, too. 512 by default. */
  readonly memorySize?: number;
  readonly environment: Record<string, string>;
  /** Where the function runs, if what it needs is not to be reached from elsewhere. */
  readonly network?: { readonly vpc: IVpc; readonly securityGroups: ISecurityGroup[] };
}

/** Lets Lambda put the function's network interfaces into its VPC; without that it takes no function there. */
function joinNetwork(role: Role): void {
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(NETWORK_POLICY));
  Validations.of(role).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${NETWORK_POLICY}]`,
    reason: 'What it allows cannot be narrowed to resources, so a policy of our own would say the same.',
  });
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
    if (props.network) joinNetwork(role);

    super(scope, id, {
      description: props.description,
      code: Code.fromAsset(props.bundle),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      environment: props.environment,
      ...(props.network && { ...props.network, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }),
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
