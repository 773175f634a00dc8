/** The REST API that all HTTP routes hang on. */
import { Lazy, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnStage,
  Cors,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Operation } from '../../shared/contract/operation.ts';

/** Where the contract puts an operation: the path is written as API Gateway writes it. */
type Route = Pick<Operation, 'method' | 'path'>;

export interface MessengerApiProps {
  /** Requests per second on each route that is limited; more are answered 429. None is limited if undefined. */
  readonly throttle: number | undefined;
}

export class MessengerApi extends Construct {
  readonly api: RestApi;
  readonly #throttle: number | undefined;
  readonly #limits: CfnStage.MethodSettingProperty[] = [];

  constructor(scope: Construct, id: string, props: MessengerApiProps) {
    super(scope, id);
    this.#throttle = props.throttle;
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
        allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
      },
    });
    this.#applyLimits();
    // One answer for all surfaces: it says the same as theirs.
    this.api.addGatewayResponse('Throttled', {
      type: ResponseType.THROTTLED,
      templates: { 'application/json': '{"code":429,"message":"too-many-requests"}' },
      responseHeaders: {
        'Access-Control-Allow-Origin': "'*'",
        'Access-Control-Expose-Headers': "'Retry-After'",
        'Retry-After': "'1'",
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
        reason: 'Routes that are to be limited are, one by one; the account limit is what protects the account.',
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

  /** Routes an operation to a function that finds out itself who calls; limited by `throttle`. */
  addLimitedRoute({ method, path }: Route, handler: IFunction): void {
    this.addRoute({ method, path }, handler, AuthorizationType.NONE);
    if (this.#throttle === undefined) return;
    this.#limits.push({
      httpMethod: method,
      // A slash, then the path with its own slashes escaped.
      resourcePath: `/${path.replaceAll('/', '~1')}`,
      throttlingRateLimit: this.#throttle,
      throttlingBurstLimit: this.#throttle,
      loggingLevel: MethodLoggingLevel.ERROR,
    });
  }

  /** Routes an operation to a function. */
  addRoute({ method, path }: Route, handler: IFunction, authorizationType: AuthorizationType): void {
    const resource = this.api.root.resourceForPath(path);
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    Validations.of(resource.addMethod(method, integration, { authorizationType })).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-APIG4',
        reason:
          'The function checks sessions itself; or it is public by the setting publicAccess, else signed with AWS credentials.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-COG4',
        reason: 'The messenger keeps its own users; it has no Cognito user pool.',
      },
    );
  }

  /** The stage is made before its routes, so it looks at their limits when the template is made. */
  #applyLimits(): void {
    const stage = this.api.deploymentStage.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('the stage of a REST API is a CfnStage');
    const [allMethods] = [stage.methodSettings].flat();
    stage.methodSettings = Lazy.any({ produce: () => [allMethods, ...this.#limits] });
  }
}
