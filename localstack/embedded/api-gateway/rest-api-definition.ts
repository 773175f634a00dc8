/** The plain data that describes a deployed REST API (v1), named as the CloudFormation types name it. */

/** One stage of a REST API: `AWS::ApiGateway::RestApi`, `Stage`, `Deployment` and what hangs below them. */
export interface RestApiDefinition {
  readonly restApiId: string;
  readonly name: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly accountId: string;
  readonly region: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** As in the template; both `image/png` and CloudFormation's escaped `image~1png` are understood. */
  readonly binaryMediaTypes: readonly string[];
  readonly methods: readonly MethodDefinition[];
  readonly methodSettings: readonly MethodSetting[];
  readonly gatewayResponses: readonly GatewayResponseDefinition[];
}

/** One `AWS::ApiGateway::Method`, with its resource's full path. */
export interface MethodDefinition {
  /** `/`, `/orders`, `/orders/{id}` or `/{proxy+}`. */
  readonly resourcePath: string;
  readonly resourceId: string;
  /** Upper case; `ANY` stands for every method. */
  readonly httpMethod: string;
  readonly authorizationType: string;
  readonly apiKeyRequired: boolean;
  readonly requestValidatorId?: string | undefined;
  readonly integration: Integration;
}

export type Integration = LambdaProxyIntegration | MockIntegration | OtherIntegration;

export interface LambdaProxyIntegration {
  readonly type: 'AWS_PROXY';
  readonly functionArn: string;
  readonly timeoutMs: number;
}

export interface MockIntegration {
  readonly type: 'MOCK';
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly integrationResponses: readonly MockIntegrationResponse[];
}

export interface MockIntegrationResponse {
  readonly statusCode: string;
  readonly selectionPattern?: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** The integration types that a template may hold and that are not emulated. */
export interface OtherIntegration {
  readonly type: 'AWS' | 'HTTP' | 'HTTP_PROXY';
}

/** One entry of a stage's `MethodSettings`: `/*` with `*` is the default, `/~1orders~1{id}` names one resource. */
export interface MethodSetting extends ThrottleSetting {
  readonly resourcePath: string;
  readonly httpMethod: string;
}

/** What a stage sets about its throttle. */
export interface ThrottleSetting {
  /** Requests per second. */
  readonly throttlingRateLimit?: number | undefined;
  /** Requests at once. */
  readonly throttlingBurstLimit?: number | undefined;
}

/** One `AWS::ApiGateway::GatewayResponse`, for example `DEFAULT_4XX` with CORS headers. */
export interface GatewayResponseDefinition {
  readonly responseType: string;
  readonly statusCode?: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/**
 * Runs a function and waits for its answer.
 *
 * `functionError` is set when the function ran and failed. A call that Lambda itself refuses rejects; a payload over
 * Lambda's size limit rejects with an error whose `name` is `RequestTooLargeException`.
 */
export interface FunctionInvoker {
  /** @param options.onStart called when an execution environment takes the request, which may have waited for one */
  invoke(functionArn: string, payload: string, options: { onStart: () => void }): Promise<FunctionAnswer>;
}

export interface FunctionAnswer {
  readonly payload: string;
  readonly functionError?: string | undefined;
}
