/** What clients get of what functions answer. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './answers-differences.ts';
import { observeAnswer, send } from './send-request.ts';
import type { Sent } from './send-request.ts';

const OUTPUT = 'Output format of a Lambda function for proxy integration';
const NOTES = 'Amazon API Gateway important notes';
const BINARY = 'Return binary media from a Lambda proxy integration in API Gateway';

/** @param answer what the function returns */
function answers(
  name: string,
  source: string,
  answer: unknown,
  documented: { status: number; body: string; headers?: object },
  sent: Sent = {},
): ConformanceCase {
  const request = { method: 'POST', path: '/answers', body: JSON.stringify(answer), ...sent };
  const names = Object.keys(documented.headers ?? {});
  return { name, source, observe: (engine) => observeAnswer(engine, request, names), documented };
}

const asQuery = (answer: unknown): string => `/answers?answer=${encodeURIComponent(JSON.stringify(answer))}`;

const CASES: readonly ConformanceCase[] = [
  answers(
    'status, headers and body are those of the function',
    OUTPUT,
    { statusCode: 201, headers: { 'X-One': 'a', 'Content-Type': 'text/plain; charset=utf-8' }, body: 'grüße' },
    { status: 201, body: 'grüße', headers: { 'X-One': 'a', 'Content-Type': 'text/plain; charset=utf-8' } },
  ),
  answers('without a status it is 200, and without a body empty', OUTPUT, {}, { status: 200, body: '' }),
  answers('a status may be a text', OUTPUT, { statusCode: '202', body: 'x' }, { status: 202, body: 'x' }),
  answers('null stands for nothing', OUTPUT, { statusCode: 200, headers: null, body: null }, { status: 200, body: '' }),
  answers(
    'without a type it is JSON',
    OUTPUT,
    { statusCode: 200, body: '[]' },
    {
      status: 200,
      body: '[]',
      headers: { 'Content-Type': 'application/json' },
    },
  ),
  answers(
    'a header may have several values',
    OUTPUT,
    { statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: '' },
    { status: 200, body: '', headers: { 'Set-Cookie': 'a=1 | b=2' } },
  ),
  answers(
    'headers of both forms are merged',
    OUTPUT,
    { statusCode: 200, headers: { 'X-One': 'a', 'X-Two': 'b' }, multiValueHeaders: { 'X-Two': ['b', 'c'] }, body: '' },
    { status: 200, body: '', headers: { 'X-One': 'a', 'X-Two': 'b | c' } },
  ),
  answers(
    'a header may be a flag',
    OUTPUT,
    { statusCode: 200, headers: { 'X-Flag': true }, body: '' },
    { status: 200, body: '', headers: { 'X-Flag': 'true' } },
  ),
  answers(
    'an error of the function stays as it is',
    OUTPUT,
    { statusCode: 500, body: '{"own":1}' },
    {
      status: 500,
      body: '{"own":1}',
    },
  ),
  answers(
    'a 204 has no body',
    OUTPUT,
    { statusCode: 204 },
    { status: 204, body: '', headers: { 'Content-Length': undefined } },
  ),
  answers(
    'a redirect goes to the client',
    OUTPUT,
    { statusCode: 302, headers: { Location: '/else' } },
    {
      status: 302,
      body: '',
      headers: { Location: '/else' },
    },
  ),
  {
    name: 'a HEAD has the headers and no body',
    source: OUTPUT,
    observe: (engine) => {
      const path = asQuery({ statusCode: 200, headers: { 'X-One': 'a' }, body: 'text' });
      return observeAnswer(engine, { method: 'HEAD', path }, ['X-One']);
    },
    documented: { status: 200, body: '', headers: { 'X-One': 'a' } },
  },
  {
    name: 'a base64 body is decoded for a client that accepts a binary type',
    source: BINARY,
    observe: async (engine) => {
      const path = asQuery({ statusCode: 200, isBase64Encoded: true, body: 'iVD/AA==' });
      const { body } = await send(engine, { api: 'BinaryApi', path, headers: ['Accept', 'image/png'] });
      return body.toString('hex');
    },
    documented: '8950ff00',
  },
  {
    name: 'a base64 body stays base64 for a client that accepts another type',
    source: BINARY,
    observe: (engine) => {
      const path = asQuery({ statusCode: 200, isBase64Encoded: true, body: 'iVD/AA==' });
      return observeAnswer(engine, { api: 'BinaryApi', path, headers: ['Accept', 'text/html'] });
    },
    documented: { status: 200, body: 'iVD/AA==' },
  },
  answers(
    'headers that API Gateway sets itself are renamed',
    NOTES,
    { statusCode: 200, headers: { Date: 'yesterday', Server: 'mine', 'WWW-Authenticate': 'Basic' }, body: '' },
    {
      status: 200,
      body: '',
      headers: {
        'x-amzn-Remapped-Date': 'yesterday',
        'x-amzn-Remapped-Server': 'mine',
        'x-amzn-Remapped-WWW-Authenticate': 'Basic',
      },
    },
  ),
  answers(
    'a length that the function names has no effect',
    NOTES,
    { statusCode: 200, headers: { 'Content-Length': '999' }, body: 'abc' },
    { status: 200, body: 'abc', headers: { 'Content-Length': '3' } },
  ),
  {
    name: 'a preflight request is answered without the function',
    source: 'CORS for REST APIs in API Gateway',
    observe: (engine) =>
      observeAnswer(
        engine,
        {
          api: 'CustomizedApi',
          method: 'OPTIONS',
          path: '/answers',
          headers: ['Access-Control-Request-Method', 'GET', 'Access-Control-Request-Headers', 'X-One'],
        },
        ['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Vary'],
      ),
    documented: {
      status: 204,
      body: '',
      headers: {
        'Access-Control-Allow-Origin': 'https://example.com',
        'Access-Control-Allow-Methods': 'GET',
        'Access-Control-Allow-Headers': 'X-One',
        Vary: 'Origin',
      },
    },
  },
];

runCases('API Gateway: answers', withDifferences(CASES, DIFFERENCES));
