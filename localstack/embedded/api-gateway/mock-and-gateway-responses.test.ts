/** MOCK integrations, gateway responses, access logs and the features that are refused. */
import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration as CdkMockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { CorsOptions } from 'aws-cdk-lib/aws-apigateway';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { MethodDefinition, MockIntegration } from './rest-api-definition.ts';
import { createRestApi } from './rest-api.ts';
import { defineApi, proxyMethod, startApi } from './testing/test-api.ts';
import { UnsupportedFeatureError } from './unsupported-feature-error.ts';

const INVOKER = { invoke: () => Promise.reject(new Error('not called')) };

function mockMethod(integration: Partial<MockIntegration>): MethodDefinition {
  return {
    ...proxyMethod('OPTIONS', '/orders'),
    integration: {
      type: 'MOCK',
      requestTemplates: { 'application/json': '{ statusCode: 200 }' },
      integrationResponses: [{ statusCode: '204', responseParameters: {}, responseTemplates: {} }],
      ...integration,
    },
  };
}

/** The preflight method that CDK generates. */
function synthesizePreflight(options: CorsOptions): MethodDefinition {
  const stack = new Stack(new App(), 'Stack');
  const api = new RestApi(stack, 'Api', { cloudWatchRole: false });
  api.root.addMethod('GET', new CdkMockIntegration());
  api.root.addCorsPreflight(options);
  const methods = Template.fromStack(stack).findResources('AWS::ApiGateway::Method', {
    Properties: { HttpMethod: 'OPTIONS' },
  });
  const [method = {}] = Object.values(methods);
  const { RequestTemplates, IntegrationResponses } = method['Properties'].Integration;
  const [{ StatusCode, ResponseParameters, ResponseTemplates = {} }] = IntegrationResponses;
  const response = {
    statusCode: StatusCode,
    responseParameters: ResponseParameters,
    responseTemplates: ResponseTemplates,
  };
  return mockMethod({ requestTemplates: RequestTemplates, integrationResponses: [response] });
}

describe("CDK's CORS preflight", () => {
  it('answers for any origin', async () => {
    await using api = await startApi(
      defineApi({ methods: [synthesizePreflight({ allowOrigins: ['*'], allowMethods: ['GET', 'POST'] })] }),
    );

    const response = await fetch(`${api.url}/orders`, { method: 'OPTIONS', headers: { origin: 'https://a.example' } });

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it.each([
    { origin: 'https://a.example', allowed: 'https://a.example' },
    { origin: 'https://b.example', allowed: 'https://b.example' },
    { origin: 'https://c.example', allowed: 'https://c.example' },
    { origin: 'https://evil.example', allowed: 'https://a.example' },
  ])('answers $origin of several origins with $allowed', async ({ origin, allowed }) => {
    const allowOrigins = ['https://a.example', 'https://b.example', 'https://c.example'];
    await using api = await startApi(defineApi({ methods: [synthesizePreflight({ allowOrigins })] }));

    const response = await fetch(`${api.url}/orders`, { method: 'OPTIONS', headers: { origin } });

    expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
    expect(response.headers.get('vary')).toBe('Origin');
  });
});

describe('MOCK integration', () => {
  it('selects the integration response by the status code', async () => {
    const base = { responseParameters: {}, responseTemplates: {} };
    const integrationResponses = [
      { ...base, statusCode: '200' },
      { ...base, statusCode: '418', selectionPattern: '4\\d\\d', responseTemplates: { 'application/json': '{"a":1}' } },
    ];
    const requestTemplates = { 'application/json': '{"statusCode": 404}' };
    await using api = await startApi(defineApi({ methods: [mockMethod({ requestTemplates, integrationResponses })] }));

    const response = await fetch(`${api.url}/orders`, { method: 'OPTIONS' });

    expect(response.status).toBe(418);
    expect(await response.text()).toBe('{"a":1}');
  });
});

describe('gateway responses', () => {
  const cors = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };

  it('adds headers to the errors of its class and to no others', async () => {
    await using api = await startApi(
      defineApi({
        gatewayResponses: [{ responseType: 'DEFAULT_4XX', responseParameters: cors, responseTemplates: {} }],
      }),
      () => null,
    );

    const notFound = await fetch(`${api.url}/missing`);
    const badAnswer = await fetch(`${api.url}/orders`);

    expect(notFound.headers.get('access-control-allow-origin')).toBe('*');
    expect(await notFound.text()).toBe('{"message":"Missing Authentication Token"}');
    expect(badAnswer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('replaces status and body for its own type', async () => {
    const template = '{"error":$context.error.messageString,"id":"$context.requestId"}';
    await using api = await startApi(
      defineApi({
        gatewayResponses: [
          { responseType: 'DEFAULT_4XX', responseParameters: cors, responseTemplates: {} },
          {
            responseType: 'MISSING_AUTHENTICATION_TOKEN',
            statusCode: '404',
            responseParameters: {},
            responseTemplates: { 'application/json': template },
          },
        ],
      }),
    );

    const response = await fetch(`${api.url}/missing`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: 'Missing Authentication Token',
      id: response.headers.get('x-amzn-requestid'),
    });
  });
});

describe('access log', () => {
  it('writes one line for each answer, with - for what has no value', async () => {
    const lines: string[] = [];
    const format =
      '{"ip":"$context.identity.sourceIp","user":"$context.identity.user","agent":"$context.identity.userAgent",' +
      '"resource":"$context.resourcePath","status":"$context.status","length":"$context.responseLength",' +
      '"unknown":"$context.nothing.known","call":"$context.httpMethod $context.protocol",' +
      '"reason":"$context.integrationErrorMessage"}';
    await using api = await startApi(defineApi(), () => ({ statusCode: 'x' }), {
      accessLog: { format, write: (line) => lines.push(line) },
    });

    await fetch(`${api.url}/orders`, { headers: { 'user-agent': 'a"b' } });
    await fetch(`${api.url}/missing`);

    const entry = { ip: '127.0.0.1', user: '-', unknown: '-', call: 'GET HTTP/1.1' };
    const reason = expect.stringContaining('statusCode is not an integer');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ...entry, agent: 'a"b', resource: '/orders', status: '502', length: '36', reason },
      { ...entry, resource: '-', status: '403', length: '42', reason: '-' },
    ]);
  });
});

describe('features that are not emulated', () => {
  const vtl = { 'application/json': '$input.json("$")' };
  const unmapped = { 'method.response.header.X': 'integration.response.header.X' };
  const response = { statusCode: '200', responseParameters: {}, responseTemplates: {} };

  it.each<[string, Partial<MethodDefinition>]>([
    ['the authorization type "AWS_IAM"', { authorizationType: 'AWS_IAM' }],
    ['a required API key', { apiKeyRequired: true }],
    ['a request validator', { requestValidatorId: 'v1' }],
    ['the integration type HTTP_PROXY', { integration: { type: 'HTTP_PROXY' } }],
    ['a MOCK integration', mockMethod({ requestTemplates: vtl })],
    ['a response template with VTL', mockMethod({ integrationResponses: [{ ...response, responseTemplates: vtl }] })],
    ['method.response.header.X', mockMethod({ integrationResponses: [{ ...response, responseParameters: unmapped }] })],
  ])('refuses %s and names the method', (feature, overrides) => {
    const method = { ...proxyMethod('POST', '/orders'), ...overrides };
    const create = () => createRestApi(defineApi({ methods: [method] }), INVOKER);

    expect(create).toThrow(UnsupportedFeatureError);
    expect(create).toThrow(`${method.httpMethod} /orders uses`);
    expect(create).toThrow(feature);
  });

  it('refuses VTL in a gateway response', () => {
    const gatewayResponses = [{ responseType: 'THROTTLED', responseParameters: {}, responseTemplates: vtl }];

    expect(() => createRestApi(defineApi({ gatewayResponses }), INVOKER)).toThrow('The gateway response THROTTLED');
  });
});
