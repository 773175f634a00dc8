// AWS::ApiGateway::RestApi, Resource, Deployment, Stage and GatewayResponse.
import { z } from 'zod';
import { createStableId } from '../physical-names.ts';
import { accessLogSettings, readAccessLog } from './access-logs.ts';
import { mustBeFalse, number, refused, text, textMap, withoutEffect } from './property-schemas.ts';
import { defineResourceType } from './resource-type.ts';
import type { ResourceContext } from './resource-type.ts';
import type { RestApiParts } from './rest-api-parts.ts';

const NO_CACHE = 'caches are not emulated';
const NO_CANARY = 'canary releases are not emulated';
const NO_IMPORT = 'API definitions are not read; use resources and methods';

/** The parts of an API of this stack; throws if it is not of this stack. */
export function findRestApi(restApiId: string, { created, logicalId }: ResourceContext): RestApiParts {
  const api = created.restApis.get(restApiId);
  if (api === undefined)
    throw new Error(`${logicalId} belongs to the REST API ${restApiId}, which is not of this stack`);
  return api;
}

/** The path of a resource of an API; throws if the API has no such resource. */
export function findResourcePath(api: RestApiParts, resourceId: string, logicalId: string): string {
  const path = api.resourcePaths.get(resourceId);
  if (path === undefined) throw new Error(`${logicalId} names the API resource ${resourceId}, which there is not`);
  return path;
}

function createPartId({ stackName, logicalId }: ResourceContext): string {
  return createStableId(`${stackName}/${logicalId}`, 6);
}

const restApiProperties = z.strictObject({
  Name: text,
  BinaryMediaTypes: z.array(text).default([]),
  Body: refused(NO_IMPORT),
  BodyS3Location: refused(NO_IMPORT),
  CloneFrom: refused(NO_IMPORT),
  DisableExecuteApiEndpoint: mustBeFalse('there is no other way to call the API here'),
  MinimumCompressionSize: refused('compression is not emulated'),
  ...withoutEffect({
    ApiKeySourceType: 'API keys are refused',
    Description: 'a label only',
    EndpointAccessMode: 'the API is served on this machine',
    EndpointConfiguration: 'the API is served on this machine',
    FailOnWarnings: 'API definitions are refused',
    Mode: 'API definitions are refused',
    Parameters: 'API definitions are refused',
    Policy: 'IAM is not emulated',
    SecurityPolicy: 'the API is served without TLS',
    Tags: 'labels only',
  }),
});

export const restApi = defineResourceType(restApiProperties, ({ Name, BinaryMediaTypes }, context) => {
  const restApiId = createStableId(`${context.stackName}/${context.logicalId}`, 10);
  const rootResourceId = createStableId(`${restApiId}/`, 10);
  context.created.restApis.set(restApiId, {
    name: Name,
    binaryMediaTypes: BinaryMediaTypes,
    resourcePaths: new Map([[rootResourceId, '/']]),
    methods: [],
    gatewayResponses: [],
    stages: [],
  });
  return { ref: restApiId, attributes: { RestApiId: restApiId, RootResourceId: rootResourceId } };
});

const resourceProperties = z.strictObject({ RestApiId: text, ParentId: text, PathPart: text });

export const apiResource = defineResourceType(resourceProperties, ({ RestApiId, ParentId, PathPart }, context) => {
  const api = findRestApi(RestApiId, context);
  const parent = findResourcePath(api, ParentId, context.logicalId);
  const id = createPartId(context);
  api.resourcePaths.set(id, `${parent === '/' ? '' : parent}/${PathPart}`);
  return { ref: id, attributes: { ResourceId: id } };
});

const deploymentProperties = z.strictObject({
  RestApiId: text,
  StageName: refused('use an AWS::ApiGateway::Stage'),
  StageDescription: refused('use an AWS::ApiGateway::Stage'),
  DeploymentCanarySettings: refused(NO_CANARY),
  ...withoutEffect({ Description: 'a label only' }),
});

export const apiDeployment = defineResourceType(deploymentProperties, (_properties, context) => {
  const id = createPartId(context);
  return { ref: id, attributes: { DeploymentId: id } };
});

const methodSetting = z.strictObject({
  HttpMethod: text,
  ResourcePath: text,
  ThrottlingRateLimit: number.optional(),
  ThrottlingBurstLimit: number.optional(),
  CachingEnabled: mustBeFalse(NO_CACHE),
  ...withoutEffect({
    CacheDataEncrypted: 'caches are refused',
    CacheTtlInSeconds: 'caches are refused',
    DataTraceEnabled: 'execution logs are not written',
    LoggingLevel: 'execution logs are not written',
    MetricsEnabled: 'metrics only',
  }),
});
const stageProperties = z.strictObject({
  RestApiId: text,
  DeploymentId: text,
  StageName: text,
  Variables: textMap.default({}),
  MethodSettings: z.array(methodSetting).default([]),
  AccessLogSetting: accessLogSettings.optional(),
  CacheClusterEnabled: mustBeFalse(NO_CACHE),
  CanarySetting: refused(NO_CANARY),
  ...withoutEffect({
    CacheClusterSize: 'caches are refused',
    ClientCertificateId: 'the integrations are local',
    Description: 'a label only',
    DocumentationVersion: 'a label only',
    Tags: 'labels only',
    TracingEnabled: 'traces are not recorded',
  }),
});

export const apiStage = defineResourceType(stageProperties, (properties, context) => {
  const { StageName: stageName } = properties;
  findRestApi(properties.RestApiId, context).stages.push({
    stageName,
    deploymentId: properties.DeploymentId,
    variables: properties.Variables,
    methodSettings: properties.MethodSettings.map((setting) => ({
      resourcePath: setting.ResourcePath,
      httpMethod: setting.HttpMethod,
      throttlingRateLimit: setting.ThrottlingRateLimit,
      throttlingBurstLimit: setting.ThrottlingBurstLimit,
    })),
    accessLog: readAccessLog(properties.AccessLogSetting),
  });
  return { ref: stageName, attributes: {} };
});

const gatewayResponseProperties = z.strictObject({
  RestApiId: text,
  ResponseType: text,
  StatusCode: text.optional(),
  ResponseParameters: textMap.default({}),
  ResponseTemplates: textMap.default({}),
});

export const gatewayResponse = defineResourceType(gatewayResponseProperties, (properties, context) => {
  findRestApi(properties.RestApiId, context).gatewayResponses.push({
    responseType: properties.ResponseType,
    statusCode: properties.StatusCode,
    responseParameters: properties.ResponseParameters,
    responseTemplates: properties.ResponseTemplates,
  });
  const id = createPartId(context);
  return { ref: id, attributes: { Id: id } };
});
