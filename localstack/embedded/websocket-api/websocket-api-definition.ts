/** The plain data that describes a deployed WebSocket API, named as the CloudFormation types name it. */
import type { LambdaProxyIntegration, ThrottleSetting } from '../api-gateway/rest-api-definition.ts';

/** One stage of a WebSocket API: `AWS::ApiGatewayV2::Api`, `Stage` and what hangs below them. */
export interface WebSocketApiDefinition {
  readonly apiId: string;
  readonly name: string;
  readonly stageName: string;
  readonly region: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** `$request.body.action` or `${request.body.action}`. */
  readonly routeSelectionExpression: string;
  readonly routes: readonly RouteDefinition[];
  /** What `DefaultRouteSettings` set. */
  readonly defaultThrottle: ThrottleSetting;
  /** What `RouteSettings` set, by route key. */
  readonly routeThrottles: Readonly<Record<string, ThrottleSetting>>;
}

/** One `AWS::ApiGatewayV2::Route` with its integration. */
export interface RouteDefinition {
  /** `$connect`, `$disconnect`, `$default`, or a value that the route selection expression gives. */
  readonly routeKey: string;
  readonly integration: LambdaProxyIntegration;
  /** Whether the client gets the body that the function returns. */
  readonly hasRouteResponse: boolean;
}
