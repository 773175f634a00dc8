/** How engines are known to differ from AWS in what connect-events.test.ts shows. */
import { expect } from 'vitest';
import type { Causes } from '../with-differences.ts';
import { CONNECT_MEMBERS, withoutDirection } from './event-members.ts';

const NOT_ADDED = { 'X-Forwarded-For': undefined, 'X-Forwarded-Proto': undefined, 'X-Amzn-Trace-Id': undefined };

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack leaves messageDirection out of the context.',
      observed: { 'the context of $connect has these members': withoutDirection(CONNECT_MEMBERS.context) },
    },
    {
      why: 'MiniStack gives the event of $connect an empty body, and a query also if there was none.',
      observed: {
        'the event of $connect has these members': [
          'body',
          'headers',
          'isBase64Encoded',
          'multiValueHeaders',
          'multiValueQueryStringParameters',
          'queryStringParameters',
          'requestContext',
        ],
      },
    },
    {
      why: 'MiniStack does not add the headers that tell the address, the protocol and the trace.',
      observed: {
        'the event of $connect has the headers of the handshake, and those that tell the address, protocol and trace': {
          single: { 'Sec-WebSocket-Version': '13', 'X-Own': 'a, b', ...NOT_ADDED },
          multi: { 'Sec-WebSocket-Version': ['13'], 'X-Own': ['a, b'], ...NOT_ADDED },
        },
      },
    },
    {
      why: 'MiniStack writes the names of headers in lower case.',
      observed: { 'the case of a header stays': 'x-own' },
    },
    {
      why: 'MiniStack names a domain of its own.',
      observed: {
        'the context of $connect tells what happens, and where': {
          routeKey: '$connect',
          eventType: 'CONNECT',
          path: true,
          domainName: '<api>.execute-api.127.0.0.1',
          identity: { sourceIp: '127.0.0.1', userAgent: 'probe/1' },
        },
      },
    },
    {
      why: 'MiniStack makes ids of connections of another form.',
      observed: { 'a connection has an id in base64': expect.stringMatching(/^[\da-f]{16}$/) },
    },
    {
      why: 'MiniStack gives a request two ids.',
      observed: { 'the two ids of a request are the same': false },
    },
  ],
};
