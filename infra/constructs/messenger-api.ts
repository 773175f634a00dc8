/** The REST API that all HTTP routes hang on. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  type AuthorizationType,
  Cors,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface MessengerApiProps {
  /** Requests per second on each route; more are answered 429. Not limited if undefined. */
  readonly throttle: number | undefined;
}

export class MessengerApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: MessengerApiProps) {
    super(scope, id);
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api = new RestApi(this, 'Api', {
      description: 'Messenger',
      endpointTypes: [EndpointType.REGIONAL],
      // JSON reaches the functions as the bytes that were sent, so that bytes which are not UTF-8 are refused, not replaced.
      binaryMediaTypes: ['application/json'],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.DESTROY,
      deployOptions: {
        ...(props.throttle !== undefined && {
          throttlingRateLimit: props.throttle,
          throttlingBurstLimit: Math.ceil(props.throttle),
        }),
        loggingLevel: MethodLoggingLevel.ERROR,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        // No path and no query: they may carry tokens.
        accessLogFormat: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            requestTime: '$context.requestTime',
            httpMethod: '$context.httpMethod',
            resourcePath: '$context.resourcePath',
            status: '$context.status',
            responseLatencyMs: '$context.responseLatency',
            responseLength: '$context.responseLength',
          }),
        ),
      },
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
        allowHeaders: ['Content-Type', 'Idempotency-Key'],
      },
    });

    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-APIG2',
        reason: 'The functions validate with zod, which names every field that is wrong; API Gateway would name none.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-APIG3',
        reason: 'A web ACL costs more than a small messenger; whoever needs one attaches it to the stage.',
      },
      {
        id: 'Serverless::Serverless-APIGWDefaultThrottling',
        reason: 'The setting throttle decides; without it the account limit is what protects the account.',
      },
      {
        id: 'Serverless::Serverless-APIGWXrayEnabled',
        reason: 'See the functions: X-Ray would charge for every message.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason: 'The one policy that AWS documents for the role with which API Gateway writes its logs.',
      },
    );
  }

  /** Routes a method and a path such as `/send_message` to a function. */
  addRoute(method: string, path: string, handler: IFunction, authorizationType: AuthorizationType): void {
    const resource = this.api.root.resourceForPath(path);
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    Validations.of(resource.addMethod(method, integration, { authorizationType })).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-APIG4',
        reason: 'Public by the setting publicAccess, else signed with AWS credentials.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-COG4',
        reason: 'The messenger keeps its own users; it has no Cognito user pool.',
      },
    );
  }
}
