/** The errors that API Gateway answers itself. */
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './errors-differences.ts';
import { observeAnswer, send } from './send-request.ts';
import type { Sent } from './send-request.ts';

const RESPONSES = 'Gateway response types for API Gateway';
const OUTPUT = 'Handle Lambda errors in API Gateway';
const CUSTOM = 'Gateway responses for REST APIs in API Gateway';
const NAMES = ['x-amzn-ErrorType', 'Content-Type'];
const MEGABYTE = 1024 * 1024;

function refuses(name: string, sent: Sent, documented: object): ConformanceCase {
  return { name, source: RESPONSES, observe: (engine) => observeError(engine, sent, NAMES), documented };
}

/** The body without the blanks of its JSON. */
async function observeError(engine: Engine, sent: Sent, names: readonly string[]): Promise<object> {
  const { body, ...answer } = await observeAnswer(engine, sent, names);
  try {
    return { ...answer, body: JSON.parse(body) };
  } catch {
    return { ...answer, body };
  }
}

/** @param answer what the function returns, or how it fails */
function fails(name: string, answer: unknown): ConformanceCase {
  const sent = { method: 'POST', path: '/answers', body: JSON.stringify(answer) };
  return {
    name,
    source: OUTPUT,
    observe: (engine) => observeError(engine, sent, NAMES),
    documented: {
      status: 502,
      body: { message: 'Internal server error' },
      headers: { 'x-amzn-ErrorType': 'InternalServerErrorException', 'Content-Type': 'application/json' },
    },
  };
}

const NO_ROUTE = {
  status: 403,
  body: { message: 'Missing Authentication Token' },
  headers: { 'x-amzn-ErrorType': 'MissingAuthenticationTokenException', 'Content-Type': 'application/json' },
};

const CASES: readonly ConformanceCase[] = [
  refuses('a path without a resource is refused', { api: 'RoutesApi', path: '/nowhere' }, NO_ROUTE),
  refuses('a path below a resource is refused', { api: 'RoutesApi', path: '/items/7/nowhere' }, NO_ROUTE),
  refuses('the root is refused if it has no method', { api: 'RoutesApi', path: '/' }, NO_ROUTE),
  refuses(
    'a method that the resource does not have is refused',
    { api: 'RoutesApi', method: 'POST', path: '/items' },
    NO_ROUTE,
  ),
  refuses('the case of a path matters', { api: 'RoutesApi', path: '/Items' }, NO_ROUTE),
  fails('a function that throws', { throw: 'secret' }),
  fails('a function that ends', { exit: 1 }),
  fails('an answer that is a text', 'text'),
  fails('an answer that is null', null),
  fails('an answer that is a list', []),
  fails('a status that is no number', { statusCode: 'ok' }),
  fails('a body that is an object', { statusCode: 200, body: { a: 1 } }),
  fails('a header that is an object', { statusCode: 200, headers: { 'X-One': { a: 1 } } }),
  fails('a member that there is not', { statusCode: 200, cookies: ['a=1'] }),
  {
    name: 'an answer over the 6 MB of Lambda is an error of the function',
    source: OUTPUT,
    observe: async (engine) => {
      const sent = { method: 'POST', path: '/answers', body: JSON.stringify({ repeat: 6 * MEGABYTE + 200 }) };
      return (await send(engine, sent)).status;
    },
    documented: 502,
  },
  {
    name: 'a body of more than 10 MB is refused',
    source: 'Quotas for configuring and running a REST API in API Gateway',
    observe: async (engine) => {
      const { status } = await send(engine, {
        method: 'POST',
        path: '/large',
        body: Buffer.alloc(10 * MEGABYTE + 1, 'x'),
      });
      return status;
    },
    documented: 413,
  },
  {
    name: 'an event that is too large for Lambda is refused',
    source: 'Quotas for configuring and running a REST API in API Gateway',
    observe: async (engine) => {
      const { status } = await send(engine, { method: 'POST', path: '/large', body: Buffer.alloc(7 * MEGABYTE, 'x') });
      return status;
    },
    documented: 413,
  },
  {
    name: 'headers of more than 10,240 bytes are refused',
    source: 'Quotas for configuring and running a REST API in API Gateway',
    observe: async (engine) => (await send(engine, { headers: ['X-Large', 'x'.repeat(10_240)] })).status,
    documented: 431,
  },
  {
    name: 'a gateway response has its own status, headers and body',
    source: CUSTOM,
    observe: (engine) =>
      observeError(engine, { api: 'CustomizedApi', path: '/nowhere' }, [
        'X-Reason',
        'x-amzn-ErrorType',
        'Content-Type',
      ]),
    documented: {
      status: 404,
      body: { error: 'Missing Authentication Token', type: 'MISSING_AUTHENTICATION_TOKEN' },
      headers: {
        'X-Reason': 'none',
        'x-amzn-ErrorType': 'MissingAuthenticationTokenException',
        'Content-Type': 'application/json',
      },
    },
  },
  {
    name: 'a gateway response for all errors of the server adds its headers',
    source: CUSTOM,
    observe: (engine) =>
      observeError(engine, { api: 'CustomizedApi', method: 'POST', path: '/answers', body: '"text"' }, [
        'Access-Control-Allow-Origin',
      ]),
    documented: {
      status: 502,
      body: { message: 'Internal server error' },
      headers: { 'Access-Control-Allow-Origin': '*' },
    },
  },
];

runCases('API Gateway: errors and limits', withDifferences(CASES, DIFFERENCES));
