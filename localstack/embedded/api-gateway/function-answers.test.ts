/** What clients get for what functions return. */
import { describe, expect, it } from 'vitest';
import { defineApi, exchangeRaw, proxyMethod, startApi, startApiWith } from './testing/test-api.ts';

describe('function answers', () => {
  it('sends status, headers of both forms and body', async () => {
    await using api = await startApi(defineApi(), () => ({
      statusCode: 201,
      headers: { 'X-One': 1, 'X-True': true, 'X-Both': 'b', 'Content-Type': 'text/plain' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'X-Both': ['a', 'b'] },
      body: 'grüße',
    }));

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(201);
    expect(await response.text()).toBe('grüße');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-one': '1',
      'x-true': 'true',
      'x-both': 'a, b',
      'content-type': 'text/plain',
      'content-length': '7',
      'x-amzn-requestid': expect.any(String),
      'x-amz-apigw-id': expect.stringMatching(/^[\w+/]{15}=$/),
      'x-amzn-trace-id': expect.stringContaining('Root=1-'),
    });
  });

  it.each([{}, { statusCode: '200', headers: null, body: null }])('takes %j for an empty 200', async (answer) => {
    await using api = await startApi(defineApi(), () => answer);

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe('');
  });

  it.each([
    null,
    'text',
    [],
    { statusCode: 'ok' },
    { statusCode: 200.5 },
    { statusCode: 100 },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: ['a'] },
    { statusCode: 200, headers: { a: null } },
    { statusCode: 200, headers: { 'X-Bad': 'a\nb' } },
    { statusCode: 200, multiValueHeaders: { a: 'b' } },
    { statusCode: 200, isBase64Encoded: 'yes' },
    { statusCode: 200, cookies: [] },
  ])('answers the malformed %j with 502', async (answer) => {
    await using api = await startApi(defineApi(), () => answer);

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(502);
    expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
    expect(await response.text()).toBe('{"message": "Internal server error"}');
  });

  it.each([
    { accept: 'image/png, text/html', sent: 'abc' },
    { accept: 'text/html, image/png', sent: 'YWJj' },
  ])('decodes base64 only for a first Accept type that is binary: $accept', async ({ accept, sent }) => {
    await using api = await startApi(defineApi({ binaryMediaTypes: ['image/png'] }), () => ({
      body: 'YWJj',
      isBase64Encoded: true,
    }));

    const response = await fetch(`${api.url}/orders`, { headers: { accept } });

    expect(await response.text()).toBe(sent);
  });

  it('answers 500 when a body that should be base64 is not', async () => {
    await using api = await startApi(defineApi({ binaryMediaTypes: ['*/*'] }), () => ({
      body: 'not base64!',
      isBase64Encoded: true,
    }));

    expect((await fetch(`${api.url}/orders`)).status).toBe(500);
  });

  it('remaps and drops the headers that API Gateway owns', async () => {
    await using api = await startApi(defineApi(), () => ({
      headers: {
        Date: 'yesterday',
        connection: 'upgrade',
        'Content-Length': '999',
        Via: 'me',
        'Transfer-Encoding': 'x',
      },
      body: 'abc',
    }));

    const answer = await exchangeRaw(api.port, 'GET /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

    expect(answer).toContain('x-amzn-Remapped-Date: yesterday\r\n');
    expect(answer).toContain('x-amzn-Remapped-connection: upgrade\r\n');
    expect(answer).toContain('x-amzn-Remapped-Content-Length: 999\r\n');
    expect(answer).toContain('\r\nContent-Length: 3\r\n');
    expect(answer).not.toMatch(/^(?:via|transfer-encoding):/im);
  });

  it('answers HEAD without a body', async () => {
    await using api = await startApi(defineApi(), () => ({ body: 'abc' }));

    const answer = await exchangeRaw(api.port, 'HEAD /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

    expect(answer).toContain('HTTP/1.1 200 OK');
    expect(answer.endsWith('\r\n\r\n')).toBe(true);
  });

  it('sends 204 without a body and its length', async () => {
    await using api = await startApi(defineApi(), () => ({ statusCode: 204 }));

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(204);
    expect(response.headers.get('content-length')).toBeNull();
  });
});

describe('integration failures', () => {
  it.each([
    { given: {}, answered: '1' },
    { given: { 'gatewayresponse.header.retry-after': "'30'" }, answered: '30' },
  ])('tells once when to come again, with the gateway response $given', async ({ given, answered }) => {
    const gatewayResponses = [{ responseType: 'THROTTLED', responseParameters: given, responseTemplates: {} }];
    await using api = await startApiWith(defineApi({ gatewayResponses }), {
      invoke: () => Promise.reject(Object.assign(new Error('refused'), { name: 'TooManyRequestsException' })),
    });

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe(answered);
  });

  it('answers a function error with 502', async () => {
    await using api = await startApiWith(defineApi(), {
      invoke: async () => ({ payload: '{"statusCode":200}', functionError: 'Unhandled' }),
    });

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(502);
    expect(await response.text()).toBe('{"message": "Internal server error"}');
  });

  it.each([
    { name: 'RequestTooLargeException', status: 413, body: '{"message":"Request Too Long"}' },
    { name: 'TooManyRequestsException', status: 429, body: '{"message":"Too Many Requests"}' },
    { name: 'ServiceException', status: 500, body: '{"message": "Internal server error"}' },
  ])("answers Lambda's $name with $status", async ({ name, status, body }) => {
    await using api = await startApiWith(defineApi(), {
      invoke: () => Promise.reject(Object.assign(new Error('refused'), { name })),
    });

    const response = await fetch(`${api.url}/orders`);

    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
  });

  it('does not count the time that a request waits for an environment', async () => {
    const definition = defineApi({ methods: [proxyMethod('GET', '/orders', 50)] });
    await using api = await startApiWith(definition, {
      invoke: async (_functionArn, _payload, { onStart }) => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        onStart();
        return { payload: '{"statusCode":200}' };
      },
    });

    expect((await fetch(`${api.url}/orders`)).status).toBe(200);
  });

  it('answers 504 when the function takes longer than the integration allows', async () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    await using api = await startApi(defineApi({ methods: [proxyMethod('GET', '/orders', 50)] }), () => promise);

    const response = await fetch(`${api.url}/orders`);

    resolve({ statusCode: 200 });
    expect(response.status).toBe(504);
    expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
    expect(await response.text()).toBe('{"message": "Endpoint request timed out"}');
  });
});
