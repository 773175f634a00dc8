/** Which method serves which path. */
import { describe, expect, it } from 'vitest';
import { defineApi, proxyMethod, startApi } from './testing/test-api.ts';

const ROUTES = defineApi({
  methods: [
    proxyMethod('GET', '/'),
    proxyMethod('POST', '/orders'),
    proxyMethod('ANY', '/orders'),
    proxyMethod('GET', '/orders/{id}'),
    proxyMethod('GET', '/orders/new'),
    proxyMethod('GET', '/orders/{id}/items/{item}'),
    proxyMethod('GET', '/orders/new/items/{item}'),
    proxyMethod('GET', '/{proxy+}'),
  ],
});

const CASES = [
  { request: 'GET /', resource: '/', pathParameters: null },
  { request: 'POST /orders', resource: '/orders', pathParameters: null },
  { request: 'DELETE /orders', resource: '/orders', pathParameters: null },
  { request: 'GET /orders/', resource: '/orders', pathParameters: null },
  { request: 'GET /orders/new', resource: '/orders/new', pathParameters: null },
  { request: 'GET /orders/7', resource: '/orders/{id}', pathParameters: { id: '7' } },
  { request: 'GET /orders/7/', resource: '/orders/{id}', pathParameters: { id: '7' } },
  {
    request: 'GET /orders/a%20b/items/%C3%A4?x=1',
    resource: '/orders/{id}/items/{item}',
    pathParameters: { id: 'a%20b', item: '%C3%A4' },
  },
  { request: 'GET /orders/new/items/1', resource: '/orders/new/items/{item}', pathParameters: { item: '1' } },
  { request: 'GET /orders/new/unknown', resource: '/{proxy+}', pathParameters: { proxy: 'orders/new/unknown' } },
  { request: 'GET /orders/7/unknown', resource: '/{proxy+}', pathParameters: { proxy: 'orders/7/unknown' } },
  { request: 'GET /files/a%2Bb/c/', resource: '/{proxy+}', pathParameters: { proxy: 'files/a%2Bb/c' } },
];

describe('routing', () => {
  it.each(CASES)('sends $request to $resource', async ({ request, resource, pathParameters }) => {
    await using api = await startApi(ROUTES);
    const [method = '', path = ''] = request.split(' ');

    const response = await fetch(api.url + path, { method });

    expect(response.status).toBe(200);
    expect(api.events).toMatchObject([{ resource, pathParameters, path: path.split('?')[0] }]);
  });

  it.each(['GET /missing', 'PUT /orders/7', 'GET /orders/x/y'])('answers %s with 403', async (request) => {
    await using api = await startApi(
      defineApi({ methods: [proxyMethod('POST', '/orders'), proxyMethod('GET', '/orders/{id}')] }),
    );
    const [method = '', path = ''] = request.split(' ');

    const response = await fetch(api.url + path, { method });

    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(await response.text()).toBe('{"message":"Missing Authentication Token"}');
    expect(api.events).toEqual([]);
  });
});
