/** What a function gets from its proxy integration. */
import { describe, expect, it } from 'vitest';
import { defineApi, exchangeRaw, proxyMethod, startApi } from './testing/test-api.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('proxy event', () => {
  it('has everything that a real event has', async () => {
    await using api = await startApi(defineApi());

    const response = await fetch(`${api.url}/orders?a=1`, {
      method: 'POST',
      body: '{"text":"grüße"}',
      headers: { 'user-agent': 'test', 'content-type': 'application/json' },
    });

    const [event] = api.events;
    expect(event).toMatchObject({
      resource: '/orders',
      path: '/orders',
      httpMethod: 'POST',
      queryStringParameters: { a: '1' },
      multiValueQueryStringParameters: { a: ['1'] },
      pathParameters: null,
      stageVariables: null,
      body: '{"text":"grüße"}',
      isBase64Encoded: false,
    });
    expect(event?.requestContext).toEqual({
      resourceId: 'id-of-/orders',
      resourcePath: '/orders',
      httpMethod: 'POST',
      extendedRequestId: response.headers.get('x-amz-apigw-id'),
      requestTime: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
      path: '/prod/orders',
      accountId: '000000000000',
      protocol: 'HTTP/1.1',
      stage: 'prod',
      domainPrefix: 'abc123',
      requestTimeEpoch: expect.any(Number),
      requestId: response.headers.get('x-amzn-requestid'),
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: '127.0.0.1',
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: 'test',
        user: null,
      },
      domainName: 'abc123.execute-api.eu-central-1.amazonaws.com',
      deploymentId: 'dep1',
      apiId: 'abc123',
    });
    expect(event?.requestContext.requestId).toMatch(UUID);
  });

  it('keeps the case and the duplicates of headers and adds its own', async () => {
    await using api = await startApi(defineApi());

    await exchangeRaw(
      api.port,
      'GET /orders HTTP/1.1\r\nhOsT: localhost\r\nX-Tag: 1\r\nX-Tag: 2\r\nx-tag: 3\r\nconstructor: c\r\n' +
        'Connection: close\r\nX-Forwarded-For: 10.0.0.1\r\nx-forwarded-proto: ftp\r\n\r\n',
    );

    const [event] = api.events;
    const traceId = event?.headers['X-Amzn-Trace-Id'];
    expect(traceId).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24}$/);
    expect(event?.headers).toEqual({
      hOsT: 'localhost',
      'X-Tag': '2',
      'x-tag': '3',
      constructor: 'c',
      'X-Amzn-Trace-Id': traceId,
      'X-Forwarded-For': '10.0.0.1, 127.0.0.1',
      'X-Forwarded-Port': String(api.port),
      'X-Forwarded-Proto': 'http',
    });
    expect(event?.multiValueHeaders).toMatchObject({ 'X-Tag': ['1', '2'], 'x-tag': ['3'], constructor: ['c'] });
  });

  it('carries text that JSON must escape', async () => {
    await using api = await startApi(defineApi({ methods: [proxyMethod('POST', '/{proxy+}')] }));

    await exchangeRaw(
      api.port,
      'POST /a"b\\c HTTP/1.1\r\nHost: localhost\r\nUser-Agent: "x\\\t\u00E9"\r\nConnection: close\r\n' +
        'Content-Length: 4\r\n\r\n"\\\n\u0001',
    );

    expect(api.events).toMatchObject([
      {
        path: '/a"b\\c',
        pathParameters: { proxy: 'a"b\\c' },
        headers: { 'User-Agent': expect.stringMatching(/^"x\\\t.+"$/) },
        body: '"\\\n\u0001',
      },
    ]);
    expect(api.events[0]?.requestContext.identity.userAgent).toBe(api.events[0]?.headers['User-Agent']);
  });

  it('decodes query parameters, of which the last value wins in the single form', async () => {
    await using api = await startApi(defineApi());

    await fetch(`${api.url}/orders?tag=1&tag=a%2Bb&text=a+b%20c&empty=&flag;split=1`);

    expect(api.events[0]?.queryStringParameters).toEqual({
      tag: 'a+b',
      text: 'a b c',
      empty: '',
      flag: '',
      split: '1',
    });
    expect(api.events[0]?.multiValueQueryStringParameters).toMatchObject({ tag: ['1', 'a+b'], text: ['a b c'] });
  });

  it('has null for what the request does not have', async () => {
    await using api = await startApi(defineApi());

    await fetch(`${api.url}/orders?`);

    expect(api.events).toMatchObject([
      { body: null, isBase64Encoded: false, queryStringParameters: null, multiValueQueryStringParameters: null },
    ]);
  });

  it('carries the stage variables', async () => {
    await using api = await startApi(defineApi({ stageVariables: { table: 'orders' } }));

    await fetch(`${api.url}/orders`);

    expect(api.events[0]?.stageVariables).toEqual({ table: 'orders' });
  });

  it.each([
    { types: ['application/octet-stream'], contentType: 'Application/Octet-Stream; v=1', isBinary: true },
    { types: ['image~1png'], contentType: 'image/png', isBinary: true },
    { types: ['*/*'], contentType: 'text/plain', isBinary: true },
    { types: ['image/png'], contentType: 'text/plain', isBinary: false },
    { types: [], contentType: 'application/octet-stream', isBinary: false },
  ])(
    'has $contentType as base64: $isBinary, with the binary types $types',
    async ({ types, contentType, isBinary }) => {
      await using api = await startApi(defineApi({ binaryMediaTypes: types }));

      await fetch(`${api.url}/orders`, { method: 'POST', headers: { 'content-type': contentType }, body: 'abc' });

      expect(api.events).toMatchObject([{ body: isBinary ? 'YWJj' : 'abc', isBase64Encoded: isBinary }]);
    },
  );

  it('continues the trace of a client', async () => {
    await using api = await startApi(defineApi());
    const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';

    const response = await fetch(`${api.url}/orders`, { headers: { 'x-amzn-trace-id': `${root};Sampled=1` } });

    expect(api.events[0]?.headers['X-Amzn-Trace-Id']).toBe(root);
    expect(response.headers.get('x-amzn-trace-id')).toBe(root);
  });
});
