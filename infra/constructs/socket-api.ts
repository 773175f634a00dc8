/** The WebSocket API, on which all sockets hang. */
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { MessengerApi } from './messenger-api.ts';
import type { MessengerFunction } from './messenger-function.ts';

export interface SocketApiProps {
  /** What it serves: handshakes, frames, and ends. */
  readonly handler: IFunction;
  /** It has the role by which API Gateway writes the logs of all APIs of the account. */
  readonly api: MessengerApi;
  /** Frames per second on each route; more are refused. None is limited if undefined. */
  readonly throttle: number | undefined;
}

/** Frames that have a route of their own: what is written is counted, limited and logged apart from what passes. */
const SEND_MESSAGE = 'send-message';

export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, { handler, api, throttle }: SocketApiProps) {
    super(scope, id);
    const integration = (name: string) => ({ integration: new WebSocketLambdaIntegration(name, handler) });
    this.api = new WebSocketApi(this, 'Api', {
      description: 'Messenger: the socket',
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: integration('ConnectIntegration'),
      disconnectRouteOptions: integration('DisconnectIntegration'),
      defaultRouteOptions: integration('DefaultIntegration'),
    });
    this.api.addRoute(SEND_MESSAGE, integration('SendMessageIntegration'));
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'prod',
      autoDeploy: true,
      ...(throttle !== undefined && { throttle: { rateLimit: throttle, burstLimit: throttle } }),
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        // No query: it carries the token.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            requestTime: '$context.requestTime',
            eventType: '$context.eventType',
            routeKey: '$context.routeKey',
            connectionId: '$context.connectionId',
            status: '$context.status',
          }),
        ),
      },
    });
    this.stage.node.addDependency(api.api);

    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-APIG4',
        reason: 'The function checks the token of each handshake, and the session of each frame.',
      },
      {
        id: 'Serverless::Serverless-APIGWDefaultThrottling',
        reason: 'It is limited unless the setting throttle is off; the account limit is what protects the account.',
      },
    );
  }

  /** Lets a function send to sockets and close them, whichever they are. */
  grantReach(grantee: MessengerFunction): void {
    this.stage.grantManagementApiAccess(grantee);
    const apiId = `<${Stack.of(this).getLogicalId(this.#definition)}>`;
    const connections = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:${apiId}/${this.stage.stageName}/*/@connections/*`;
    Validations.of(grantee.role ?? grantee).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${connections}]`,
      reason: 'Connections come and go; it is those of the one stage.',
    });
  }

  get #definition(): CfnApi {
    const definition = this.api.node.defaultChild;
    if (!(definition instanceof CfnApi)) throw new Error('a WebSocket API is a CfnApi');
    return definition;
  }
}
