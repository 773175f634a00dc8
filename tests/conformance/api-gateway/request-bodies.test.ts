/** Bodies of proxy events, and the stage variables. */
import type { ConformanceCase } from '../conformance-case.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './request-bodies-differences.ts';
import { sendForEvent } from './send-request.ts';
import type { Sent } from './send-request.ts';

const INPUT = 'Input format of a Lambda function for proxy integration';
const BINARY = 'Working with binary media types for REST APIs';

function carries(name: string, source: string, sent: Sent, documented: object): ConformanceCase {
  return {
    name,
    source,
    observe: async (engine) => {
      const { body, isBase64Encoded } = await sendForEvent(engine, { method: 'POST', path: '/echo', ...sent });
      return { body, isBase64Encoded };
    },
    documented,
  };
}

const CASES: readonly ConformanceCase[] = [
  carries(
    'a JSON body stays a text',
    INPUT,
    { headers: ['Content-Type', 'application/json'], body: '{"a": 1,\n "b": "grüße 🎉"}' },
    { body: '{"a": 1,\n "b": "grüße 🎉"}', isBase64Encoded: false },
  ),
  carries('without a body there is null', INPUT, {}, { body: null, isBase64Encoded: false }),
  carries('an empty body is null', INPUT, { body: '' }, { body: null, isBase64Encoded: false }),
  carries(
    'a form stays as it is',
    INPUT,
    { headers: ['Content-Type', 'application/x-www-form-urlencoded'], body: 'a=1+2&b=%C3%BC' },
    { body: 'a=1+2&b=%C3%BC', isBase64Encoded: false },
  ),
  carries(
    'a GET may have a body',
    INPUT,
    { method: 'GET', headers: ['Content-Type', 'text/plain'], body: 'text' },
    { body: 'text', isBase64Encoded: false },
  ),
  carries(
    'a body of a binary type is base64',
    BINARY,
    { api: 'BinaryApi', headers: ['Content-Type', 'image/png'], body: Buffer.from([0x89, 0x50, 0xff, 0x00]) },
    { body: 'iVD/AA==', isBase64Encoded: true },
  ),
  carries(
    'a type is binary whatever its parameters are',
    BINARY,
    { api: 'BinaryApi', headers: ['Content-Type', 'application/octet-stream; x=1'], body: 'abc' },
    { body: 'YWJj', isBase64Encoded: true },
  ),
  carries(
    'a body of another type is text, where others are binary',
    BINARY,
    { api: 'BinaryApi', headers: ['Content-Type', 'text/plain'], body: 'abc' },
    { body: 'abc', isBase64Encoded: false },
  ),
  {
    name: 'the variables of the stage are there',
    source: 'Using stage variables for a REST API in API Gateway',
    observe: async (engine) => {
      const events = await Promise.all([
        sendForEvent(engine, { path: '/variables' }),
        sendForEvent(engine, { api: 'RoutesApi', path: '/items' }),
      ]);
      return events.map(({ stageVariables }) => stageVariables);
    },
    documented: [{ color: 'blue', size: '4' }, null],
  },
];

runCases('API Gateway: events', withDifferences(CASES, DIFFERENCES));
