/** What the function of $connect gets of a handshake. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { findHeaders } from '../find-headers.ts';
import { withDifferences } from '../with-differences.ts';
import type { Opening } from './client-socket.ts';
import { DIFFERENCES } from './connect-events-differences.ts';
import { CONNECT_MEMBERS } from './event-members.ts';
import { inSocket } from './probe-socket.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { listContextMembers, listMembers } from './socket-event.ts';
import type { Select } from './socket-event.ts';

const INPUT = 'Set up a WebSocket API integration request in API Gateway';
const VARIABLES = 'WebSocket API mapping template reference for API Gateway';
const COMMANDS = 'Use @connections commands in your backend service';
const CONNECT = 'Manage connected users and client apps: $connect and $disconnect routes';

/** As in `R0oXAdfD0kwCH6w=`. */
const ID = expect.stringMatching(/^[\w+/-]{15}=$/);

function connects(
  name: string,
  source: string,
  opening: Opening,
  select: Select,
  documented: unknown,
): ConformanceCase {
  const observe = inSocket(async ({ connectEvent, engine }) => select(connectEvent, engine), opening);
  return { name, source, observe, documented };
}

const CASES: readonly ConformanceCase[] = [
  connects('the event of $connect has these members', INPUT, {}, listMembers, CONNECT_MEMBERS.event),
  connects('the context of $connect has these members', INPUT, {}, listContextMembers, CONNECT_MEMBERS.context),
  connects(
    'the event of $connect has the headers of the handshake, and those that tell the address, protocol and trace',
    INPUT,
    { headers: { 'X-Own': 'a, b' } },
    ({ headers = {}, multiValueHeaders = {} }) => {
      const names = ['Sec-WebSocket-Version', 'X-Own', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-Amzn-Trace-Id'];
      return { single: findHeaders(headers, names), multi: findHeaders(multiValueHeaders, names) };
    },
    {
      single: {
        'Sec-WebSocket-Version': '13',
        'X-Own': 'a, b',
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Proto': expect.stringMatching(/^https?$/),
        'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-/),
      },
      multi: {
        'Sec-WebSocket-Version': ['13'],
        'X-Own': ['a, b'],
        'X-Forwarded-For': ['127.0.0.1'],
        'X-Forwarded-Proto': [expect.stringMatching(/^https?$/)],
        'X-Amzn-Trace-Id': [expect.stringMatching(/^Root=1-/)],
      },
    },
  ),
  connects(
    'the case of a header stays',
    INPUT,
    { headers: { 'X-Own': 'a' } },
    ({ headers = {} }) => Object.keys(headers).find((name) => name.toLowerCase() === 'x-own'),
    'X-Own',
  ),
  connects(
    'the event of $connect has the query parameters; of several of one name the last one stands alone',
    CONNECT,
    { query: '?room=a%20b&tag=1&tag=2' },
    ({ queryStringParameters, multiValueQueryStringParameters }) => ({
      single: queryStringParameters,
      multi: multiValueQueryStringParameters,
    }),
    { single: { room: 'a b', tag: '2' }, multi: { room: ['a b'], tag: ['1', '2'] } },
  ),
  connects(
    'the context of $connect tells what happens, and where',
    INPUT,
    {},
    ({ requestContext: { routeKey, eventType, stage, apiId, domainName, identity } }, engine) => ({
      routeKey,
      eventType,
      path: `${apiId}/${stage}` === engine.outputs['SocketApiPath'],
      domainName: domainName.replace(apiId, '<api>'),
      identity,
    }),
    {
      routeKey: '$connect',
      eventType: 'CONNECT',
      path: true,
      domainName: '<api>.execute-api.us-east-1.amazonaws.com',
      identity: { sourceIp: '127.0.0.1', userAgent: 'probe/1' },
    },
  ),
  connects(
    'a connection has an id in base64',
    COMMANDS,
    {},
    ({ requestContext: { connectionId } }) => connectionId,
    ID,
  ),
  connects(
    'the two ids of a request are the same',
    VARIABLES,
    {},
    ({ requestContext: { requestId, extendedRequestId } }) => requestId === extendedRequestId,
    true,
  ),
  connects(
    'the context has the time of the request in two forms, and that of the connection',
    INPUT,
    {},
    ({ requestContext: { requestTime, requestTimeEpoch, connectedAt } }) => {
      const [, day, month, year, time] =
        /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) \+0000$/.exec(requestTime) ?? [];
      const seconds = Date.parse(`${day} ${month} ${year} ${time} UTC`) / 1000;
      return { isSame: seconds === Math.floor(requestTimeEpoch / 1000), isAfter: requestTimeEpoch >= connectedAt };
    },
    { isSame: true, isAfter: true },
  ),
];

runSocketCases('handshakes and events', withDifferences(CASES, DIFFERENCES));
