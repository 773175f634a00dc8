/** Paths, path parameters and query strings of proxy events. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './paths-differences.ts';
import { send, sendForEvent } from './send-request.ts';
import type { ApiName } from './send-request.ts';

const INPUT = 'Input format of a Lambda function for proxy integration';
const NOTES = 'Amazon API Gateway important notes';

function routes(name: string, api: ApiName, path: string, documented: object): ConformanceCase {
  return {
    name,
    source: INPUT,
    observe: async (engine) => {
      const { status, body } = await send(engine, { api, path });
      if (status !== 200) return { status };
      const event: APIGatewayProxyEvent = JSON.parse(body.toString());
      return { resource: event.resource, path: event.path, pathParameters: event.pathParameters };
    },
    documented,
  };
}

function queries(name: string, query: string, documented: Record<string, readonly string[]> | null): ConformanceCase {
  const last = documented && Object.entries(documented).map(([key, values]) => [key, values.at(-1)]);
  return {
    name,
    source: NOTES,
    observe: async (engine) => selectQuery(await sendForEvent(engine, { path: `/query${query}` })),
    documented: { single: last && Object.fromEntries(last), multi: documented },
  };
}

function selectQuery(event: APIGatewayProxyEvent): object {
  return { single: event.queryStringParameters, multi: event.multiValueQueryStringParameters };
}

const CASES: readonly ConformanceCase[] = [
  routes('the root has no path parameters', 'Api', '/', { resource: '/', path: '/', pathParameters: null }),
  routes('a greedy parameter takes the rest of the path', 'Api', '/a/b/c', {
    resource: '/{proxy+}',
    path: '/a/b/c',
    pathParameters: { proxy: 'a/b/c' },
  }),
  routes('a parameter takes one part of the path', 'RoutesApi', '/items/7', {
    resource: '/items/{id}',
    path: '/items/7',
    pathParameters: { id: '7' },
  }),
  routes('a part as it is written goes before a parameter', 'RoutesApi', '/items/new', {
    resource: '/items/new',
    path: '/items/new',
    pathParameters: null,
  }),
  routes('there may be several parameters', 'RoutesApi', '/items/7/parts/x/y', {
    resource: '/items/{id}/parts/{part+}',
    path: '/items/7/parts/x/y',
    pathParameters: { id: '7', part: 'x/y' },
  }),
  routes('a slash at the end stays in the path', 'RoutesApi', '/items/7/', {
    resource: '/items/{id}',
    path: '/items/7/',
    pathParameters: { id: '7' },
  }),
  routes('a path parameter is not decoded', 'RoutesApi', '/items/a%20b%C3%BC', {
    resource: '/items/{id}',
    path: '/items/a%20b%C3%BC',
    pathParameters: { id: 'a%20b%C3%BC' },
  }),
  routes('an encoded slash does not end a part', 'RoutesApi', '/items/a%2Fb', {
    resource: '/items/{id}',
    path: '/items/a%2Fb',
    pathParameters: { id: 'a%2Fb' },
  }),
  routes('dots, plus signs and the like stay as they are', 'RoutesApi', '/items/a.b..c+d;e@f:g,h', {
    resource: '/items/{id}',
    path: '/items/a.b..c+d;e@f:g,h',
    pathParameters: { id: 'a.b..c+d;e@f:g,h' },
  }),
  queries('without a query string there are no parameters', '', null),
  queries('a question mark alone is no query string', '?', null),
  queries('of several values the last one stands alone', '?tag=1&tag=2&other=x', { tag: ['1', '2'], other: ['x'] }),
  queries('names and values are decoded', '?na%20me=v%C3%BC%26%3D', { 'na me': ['vü&='] }),
  queries('a plus sign is a blank, and an encoded one a plus sign', '?a=1+2&b=1%2B2', { a: ['1 2'], b: ['1+2'] }),
  queries('a value may be empty or missing', '?a=&b', { a: [''], b: [''] }),
  queries('the case of a name stays', '?Name=1&name=2', { Name: ['1'], name: ['2'] }),
  queries('brackets and further equal signs belong to the text', '?a[]=1&a[]=2&b=c=d', {
    'a[]': ['1', '2'],
    b: ['c=d'],
  }),
];

runCases('API Gateway: events', withDifferences(CASES, DIFFERENCES));
