// AWS::ApiGatewayV2::Api with the protocol WEBSOCKET, Integration, Route, RouteResponse, Deployment and Stage.
import { z } from 'zod';
import type { ThrottleSetting } from '../../api-gateway/rest-api-definition.ts';
import { isRouteSelectionExpression } from '../../websocket-api/route-selection.ts';
import { nameDomain } from '../../websocket-api/websocket-events.ts';
import { createStableId } from '../physical-names.ts';
import { accessLogSettings, readAccessLog } from './access-logs.ts';
import { readFunctionArn } from './function-uri.ts';
import { flag, mustBeFalse, number, refused, text, textMap, withoutEffect } from './property-schemas.ts';
import { defineResourceType } from './resource-type.ts';
import type { ResourceContext } from './resource-type.ts';
import type { WebSocketApiParts } from './websocket-api-parts.ts';

const HTTP_ONLY = 'a property of HTTP APIs, which are not emulated';
const NO_MAPPING = 'a proxy integration passes the message on as it is';
/** API Gateway's default and maximum ("Quotas for configuring and running a WebSocket API in API Gateway"). */
const DEFAULT_TIMEOUT_MS = 29_000;

function findApi(apiId: string, { created, logicalId }: ResourceContext): WebSocketApiParts {
  const api = created.webSocketApis.get(apiId);
  if (api === undefined)
    throw new Error(`${logicalId} belongs to the WebSocket API ${apiId}, which is not of this stack`);
  return api;
}

function createPartId({ stackName, logicalId }: ResourceContext): string {
  return createStableId(`${stackName}/${logicalId}`, 7);
}

const apiProperties = z.strictObject({
  Name: text,
  ProtocolType: z.literal('WEBSOCKET', 'HTTP APIs are not emulated; only WEBSOCKET is'),
  RouteSelectionExpression: text.refine(
    isRouteSelectionExpression,
    'only a member of the message is emulated, such as $request.body.action',
  ),
  DisableExecuteApiEndpoint: mustBeFalse('there is no other way to call the API here'),
  Body: refused('API definitions are not read; use routes and integrations'),
  BodyS3Location: refused('API definitions are not read; use routes and integrations'),
  CorsConfiguration: refused(HTTP_ONLY),
  CredentialsArn: refused(HTTP_ONLY),
  RouteKey: refused(HTTP_ONLY),
  Target: refused(HTTP_ONLY),
  DisableSchemaValidation: mustBeFalse('models are not emulated'),
  ...withoutEffect({
    ApiKeySelectionExpression: 'API keys are refused',
    BasePath: 'API definitions are refused',
    Description: 'a label only',
    FailOnWarnings: 'API definitions are refused',
    IpAddressType: 'the API is served on this machine',
    Tags: 'labels only',
    Version: 'a label only',
  }),
});

export const webSocketApi = defineResourceType(apiProperties, ({ Name, RouteSelectionExpression }, context) => {
  const apiId = createStableId(`${context.stackName}/${context.logicalId}`, 10);
  context.created.webSocketApis.set(apiId, {
    name: Name,
    routeSelectionExpression: RouteSelectionExpression,
    integrations: new Map(),
    routes: new Map(),
    routeResponses: new Set(),
    stages: [],
  });
  const ApiEndpoint = `wss://${nameDomain({ apiId, region: context.region })}`;
  return { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint } };
});

const integrationProperties = z.strictObject({
  ApiId: text,
  IntegrationType: z.literal('AWS_PROXY', 'only the integration type AWS_PROXY is emulated'),
  IntegrationUri: text,
  TimeoutInMillis: number.default(DEFAULT_TIMEOUT_MS),
  ConnectionType: z.literal('INTERNET', 'private integrations are not emulated').optional(),
  ConnectionId: refused('private integrations are not emulated'),
  IntegrationSubtype: refused(HTTP_ONLY),
  PayloadFormatVersion: z.literal('1.0', HTTP_ONLY).optional(),
  RequestParameters: refused('request parameters of an integration are not emulated'),
  ResponseParameters: refused(HTTP_ONLY),
  TlsConfig: refused('private integrations are not emulated'),
  ...withoutEffect({
    ContentHandlingStrategy: NO_MAPPING,
    CredentialsArn: 'IAM is not emulated',
    Description: 'a label only',
    IntegrationMethod: 'a function is always called by POST',
    PassthroughBehavior: NO_MAPPING,
    RequestTemplates: NO_MAPPING,
    TemplateSelectionExpression: NO_MAPPING,
  }),
});

export const webSocketIntegration = defineResourceType(integrationProperties, (properties, context) => {
  const id = createPartId(context);
  findApi(properties.ApiId, context).integrations.set(id, {
    type: 'AWS_PROXY',
    functionArn: readFunctionArn(properties.IntegrationUri, context.logicalId),
    timeoutMs: properties.TimeoutInMillis,
  });
  return { ref: id, attributes: { IntegrationId: id } };
});

const TARGET = 'integrations/';

const routeProperties = z.strictObject({
  ApiId: text,
  RouteKey: text,
  Target: text.refine((target) => target.startsWith(TARGET), 'only a target integrations/<id> is emulated'),
  AuthorizationType: z.literal('NONE', 'authorization is not emulated; only NONE is').optional(),
  ApiKeyRequired: mustBeFalse('API keys are not emulated'),
  RouteResponseSelectionExpression: z.literal('$default', 'API Gateway knows $default only').optional(),
  RequestModels: refused('models are not emulated'),
  ModelSelectionExpression: refused('models are not emulated'),
  RequestParameters: refused('request parameters are not checked'),
  ...withoutEffect({
    AuthorizationScopes: 'authorizers are refused',
    AuthorizerId: 'authorizers are refused',
    OperationName: 'a label only',
  }),
});

export const webSocketRoute = defineResourceType(routeProperties, ({ ApiId, RouteKey, Target }, context) => {
  const id = createPartId(context);
  const integrationId = Target.slice(TARGET.length);
  findApi(ApiId, context).routes.set(id, { routeKey: RouteKey, integrationId });
  return { ref: id, attributes: { RouteId: id } };
});

const routeResponseProperties = z.strictObject({
  ApiId: text,
  RouteId: text,
  RouteResponseKey: z.literal('$default', 'API Gateway knows $default only'),
  ResponseModels: refused('models are not emulated'),
  ModelSelectionExpression: refused('models are not emulated'),
  ResponseParameters: refused('response parameters are not emulated'),
});

export const webSocketRouteResponse = defineResourceType(routeResponseProperties, ({ ApiId, RouteId }, context) => {
  findApi(ApiId, context).routeResponses.add(RouteId);
  const id = createPartId(context);
  return { ref: id, attributes: { RouteResponseId: id } };
});

const deploymentProperties = z.strictObject({
  ApiId: text,
  StageName: refused('use an AWS::ApiGatewayV2::Stage'),
  ...withoutEffect({ Description: 'a label only' }),
});

export const webSocketDeployment = defineResourceType(deploymentProperties, (_properties, context) => {
  const id = createPartId(context);
  return { ref: id, attributes: { DeploymentId: id } };
});

const routeSettings = z.strictObject({
  ThrottlingRateLimit: number.optional(),
  ThrottlingBurstLimit: number.optional(),
  ...withoutEffect({
    DataTraceEnabled: 'execution logs are not written',
    DetailedMetricsEnabled: 'metrics only',
    LoggingLevel: 'execution logs are not written',
  }),
});
const stageProperties = z.strictObject({
  ApiId: text,
  StageName: text,
  AutoDeploy: flag.optional(),
  DeploymentId: text.optional(),
  StageVariables: textMap.default({}),
  AccessLogSettings: accessLogSettings.optional(),
  DefaultRouteSettings: routeSettings.default({}),
  RouteSettings: z.record(z.string(), routeSettings).default({}),
  ...withoutEffect({
    AccessPolicyId: 'IAM is not emulated',
    ClientCertificateId: 'the integrations are local',
    Description: 'a label only',
    Tags: 'labels only',
  }),
});

export const webSocketStage = defineResourceType(stageProperties, (properties, context) => {
  const { StageName: stageName, RouteSettings } = properties;
  findApi(properties.ApiId, context).stages.push({
    stageName,
    variables: properties.StageVariables,
    defaultThrottle: readThrottle(properties.DefaultRouteSettings),
    routeThrottles: Object.fromEntries(
      Object.entries(RouteSettings).map(([routeKey, settings]) => [routeKey, readThrottle(settings)]),
    ),
    accessLog: readAccessLog(properties.AccessLogSettings),
  });
  return { ref: stageName, attributes: {} };
});

function readThrottle(settings: z.output<typeof routeSettings>): ThrottleSetting {
  return {
    throttlingRateLimit: settings.ThrottlingRateLimit,
    throttlingBurstLimit: settings.ThrottlingBurstLimit,
  };
}
