/** Headers of proxy events. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { findHeader, findHeaders } from '../find-headers.ts';
import { runCases } from '../run-cases.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './request-headers-differences.ts';
import { sendForEvent } from './send-request.ts';

const INPUT = 'Input format of a Lambda function for proxy integration';
const NOTES = 'Amazon API Gateway important notes';

function heads(
  name: string,
  source: string,
  headers: readonly string[],
  names: readonly string[],
  documented: Record<string, readonly unknown[] | undefined>,
): ConformanceCase {
  const last = Object.entries(documented).map(([key, values]) => [key, values?.at(-1)]);
  return {
    name,
    source,
    observe: async (engine) => {
      const event = await sendForEvent(engine, { path: '/headers', headers });
      return { single: findHeaders(event.headers, names), multi: findHeaders(event.multiValueHeaders, names) };
    },
    documented: { single: Object.fromEntries(last), multi: documented },
  };
}

const CASES: readonly ConformanceCase[] = [
  {
    name: 'the case of a header stays',
    source: INPUT,
    observe: async (engine) => {
      const { headers } = await sendForEvent(engine, { path: '/case', headers: ['X-Upper', 'v', 'x-lower', 'w'] });
      return Object.keys(headers).filter((name) => /^x-(?:upper|lower)$/i.test(name));
    },
    documented: ['X-Upper', 'x-lower'],
  },
  heads('of several headers of one name the last one stands alone', INPUT, ['X-Tag', '1', 'X-Tag', '2'], ['X-Tag'], {
    'X-Tag': ['1', '2'],
  }),
  heads('a list in one header is one value', INPUT, ['Accept', 'text/html, image/png;q=0.8'], ['Accept'], {
    Accept: ['text/html, image/png;q=0.8'],
  }),
  heads(
    'what a client needs stays',
    INPUT,
    ['User-Agent', 'probe/1', 'Cookie', 'a=1; b=2', 'Authorization', 'Bearer x', 'Content-Type', 'text/plain'],
    ['User-Agent', 'Cookie', 'Authorization', 'Content-Type'],
    {
      'User-Agent': ['probe/1'],
      Cookie: ['a=1; b=2'],
      Authorization: ['Bearer x'],
      'Content-Type': ['text/plain'],
    },
  ),
  {
    name: 'the host is the one that the client asks',
    source: INPUT,
    observe: async (engine) => {
      const { headers } = await sendForEvent(engine, { path: '/host' });
      return findHeader(headers, 'Host') === new URL(engine.endpoint).host;
    },
    documented: true,
  },
  heads(
    'the address, port and protocol of the client are added',
    INPUT,
    [],
    ['X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto'],
    {
      'X-Forwarded-For': ['127.0.0.1'],
      'X-Forwarded-Port': [expect.stringMatching(/^\d+$/)],
      'X-Forwarded-Proto': [expect.stringMatching(/^https?$/)],
    },
  ),
  heads(
    'an address from before is kept, while port and protocol are replaced',
    INPUT,
    ['X-Forwarded-For', '10.1.2.3', 'X-Forwarded-Proto', 'ftp'],
    ['X-Forwarded-For', 'X-Forwarded-Proto'],
    {
      'X-Forwarded-For': ['10.1.2.3, 127.0.0.1'],
      'X-Forwarded-Proto': [expect.stringMatching(/^https?$/)],
    },
  ),
  heads('a trace is added', INPUT, [], ['X-Amzn-Trace-Id'], {
    'X-Amzn-Trace-Id': [expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}/)],
  }),
  heads(
    'headers of the connection are left out',
    NOTES,
    ['Connection', 'close', 'TE', 'trailers', 'Max-Forwards', '3', 'Content-MD5', 'abc'],
    ['Connection', 'TE', 'Max-Forwards', 'Content-MD5'],
    { Connection: undefined, TE: undefined, 'Max-Forwards': undefined, 'Content-MD5': undefined },
  ),
];

runCases('API Gateway: events', withDifferences(CASES, DIFFERENCES));
