// AWS::ApiGateway::Method with a Lambda proxy or a mock integration.
import { z } from 'zod';
import type { Integration } from '../../api-gateway/rest-api-definition.ts';
import { findResourcePath, findRestApi } from './api-gateway-rest-apis.ts';
import { readFunctionArn } from './function-uri.ts';
import { mustBeFalse, number, refused, text, textMap, withoutEffect } from './property-schemas.ts';
import { defineResourceType } from './resource-type.ts';

/** API Gateway's default and maximum of an integration ("Quotas for configuring and running a REST API"). */
const DEFAULT_TIMEOUT_MS = 29_000;

const integrationWithoutEffect = withoutEffect({
  CacheKeyParameters: 'caches are refused',
  CacheNamespace: 'caches are refused',
  Credentials: 'IAM is not emulated',
});
const lambdaProxyIntegration = z.strictObject({
  Type: z.literal('AWS_PROXY'),
  Uri: text,
  TimeoutInMillis: number.default(DEFAULT_TIMEOUT_MS),
  RequestParameters: refused('request parameters of an integration are not emulated'),
  ResponseTransferMode: z.literal('BUFFERED', 'streamed answers are not emulated').optional(),
  ...integrationWithoutEffect,
  ...withoutEffect({
    ConnectionType: 'a function is called directly',
    ContentHandling: 'a proxy integration passes the body on as it is',
    IntegrationHttpMethod: 'a function is always called by POST',
    IntegrationResponses: 'a proxy integration answers by itself',
    PassthroughBehavior: 'a proxy integration passes the body on as it is',
    RequestTemplates: 'a proxy integration passes the body on as it is',
  }),
});
const integrationResponse = z.strictObject({
  StatusCode: text,
  SelectionPattern: text.optional(),
  ResponseParameters: textMap.default({}),
  ResponseTemplates: textMap.default({}),
  ContentHandling: refused('content handling is not emulated'),
});
const mockIntegration = z.strictObject({
  Type: z.literal('MOCK'),
  RequestTemplates: textMap.default({}),
  IntegrationResponses: z.array(integrationResponse).default([]),
  ContentHandling: refused('content handling is not emulated'),
  RequestParameters: refused('request parameters of an integration are not emulated'),
  ...integrationWithoutEffect,
  ...withoutEffect({
    IntegrationHttpMethod: 'nothing is called',
    PassthroughBehavior: 'the one request template serves all bodies',
    TimeoutInMillis: 'nothing is called',
  }),
});

const methodProperties = z.strictObject({
  RestApiId: text,
  ResourceId: text,
  HttpMethod: text,
  AuthorizationType: z.literal('NONE', 'authorization is not emulated; only NONE is').default('NONE'),
  ApiKeyRequired: mustBeFalse('API keys are not emulated'),
  RequestValidatorId: refused('request validators are not emulated'),
  Integration: z.discriminatedUnion('Type', [lambdaProxyIntegration, mockIntegration], {
    error: 'only the integration types AWS_PROXY and MOCK are emulated',
  }),
  ...withoutEffect({
    AuthorizationScopes: 'authorizers are refused',
    AuthorizerId: 'authorizers are refused',
    MethodResponses: 'they bind integrations that are not proxies; those of a mock are taken as they are',
    OperationName: 'a label only',
    RequestModels: 'request validators are refused',
    RequestParameters: 'request validators are refused',
  }),
});

export const apiMethod = defineResourceType(methodProperties, (properties, context) => {
  const { RestApiId, ResourceId: resourceId, HttpMethod: httpMethod } = properties;
  const api = findRestApi(RestApiId, context);
  api.methods.push({
    resourcePath: findResourcePath(api, resourceId, context.logicalId),
    resourceId,
    httpMethod,
    authorizationType: properties.AuthorizationType,
    apiKeyRequired: false,
    integration: readIntegration(properties.Integration, context.logicalId),
  });
  return { ref: `${RestApiId}|${resourceId}|${httpMethod}`, attributes: {} };
});

function readIntegration(
  integration: z.output<typeof methodProperties>['Integration'],
  logicalId: string,
): Integration {
  if (integration.Type === 'AWS_PROXY') {
    return {
      type: 'AWS_PROXY',
      functionArn: readFunctionArn(integration.Uri, logicalId),
      timeoutMs: integration.TimeoutInMillis,
    };
  }
  return {
    type: 'MOCK',
    requestTemplates: integration.RequestTemplates,
    integrationResponses: integration.IntegrationResponses.map((response) => ({
      statusCode: response.StatusCode,
      selectionPattern: response.SelectionPattern,
      responseParameters: response.ResponseParameters,
      responseTemplates: response.ResponseTemplates,
    })),
  };
}
