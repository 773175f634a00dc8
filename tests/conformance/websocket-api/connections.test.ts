/** What backends do with connections: the `@connections` API. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { withDifferences } from '../with-differences.ts';
import { DIFFERENCES } from './connections-differences.ts';
import { connectionUrl, manageConnection } from './manage-connection.ts';
import { inSocket } from './probe-socket.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { readEvent } from './socket-event.ts';

const COMMANDS = 'Use @connections commands in your backend service';
const POST = 'PostToConnection';
const GET = 'GetConnection';
const DELETE = 'DeleteConnection';
const LIMIT_BYTES = 128 * 1024;

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);

const GONE = { status: 410, errorType: 'GoneException' };

function isGone(name: string, source: string, method: 'POST' | 'GET' | 'DELETE'): ConformanceCase {
  return {
    name,
    source,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      client.close(1000);
      await readEvent(engine, connectionId);
      const { status, errorType } = await manageConnection(engine, method, connectionId);
      return { status, errorType };
    }),
    documented: GONE,
  };
}

const CASES: readonly ConformanceCase[] = [
  {
    name: 'a text that is posted arrives',
    source: COMMANDS,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      const { status, body } = await manageConnection(engine, 'POST', connectionId, 'grüße');
      return { status, body, received: await client.receive(1) };
    }),
    documented: { status: 200, body: '', received: ['grüße'] },
  },
  {
    name: 'the path may be encoded',
    source: COMMANDS,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      const url = connectionUrl(engine, connectionId).replace('@', '%40');
      const { status } = await fetch(url, { method: 'POST', body: 'text' });
      return { status, received: await client.receive(1) };
    }),
    documented: { status: 200, received: ['text'] },
  },
  {
    name: 'texts arrive in the order in which they were posted',
    source: COMMANDS,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      for (const text of ['a', 'b', 'c']) await manageConnection(engine, 'POST', connectionId, text);
      return client.receive(3);
    }),
    documented: ['a', 'b', 'c'],
  },
  {
    name: 'a text of 128 KB arrives',
    source: POST,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      const { status } = await manageConnection(engine, 'POST', connectionId, 'x'.repeat(LIMIT_BYTES));
      const [received] = await client.receive(1);
      return { status, bytes: received?.length };
    }),
    documented: { status: 200, bytes: LIMIT_BYTES },
  },
  {
    name: 'a larger text is refused',
    source: POST,
    observe: inSocket(async ({ engine, connectionId }) => {
      const text = 'x'.repeat(LIMIT_BYTES + 1);
      const { status, errorType } = await manageConnection(engine, 'POST', connectionId, text);
      return { status, errorType };
    }),
    documented: { status: 413, errorType: 'PayloadTooLargeException' },
  },
  {
    name: 'a connection can be asked for its client and times',
    source: GET,
    observe: inSocket(async ({ engine, connectionId }) => {
      const { status, body } = await manageConnection(engine, 'GET', connectionId);
      return { status, body: JSON.parse(body) };
    }),
    documented: {
      status: 200,
      body: {
        connectedAt: TIME,
        identity: { sourceIp: '127.0.0.1', userAgent: 'probe/1' },
        lastActiveAt: TIME,
      },
    },
  },
  {
    name: 'a connection that is deleted is closed, and $disconnect tells of it',
    source: DELETE,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      const { status, body } = await manageConnection(engine, 'DELETE', connectionId);
      const code = await client.findCloseCode();
      const { requestContext } = await readEvent(engine, connectionId);
      return { status, body, code, routeKey: requestContext.routeKey };
    }),
    documented: { status: 204, body: '', code: 1000, routeKey: '$disconnect' },
  },
  {
    name: 'a connection that is deleted is told as closed normally',
    // As the log of API Gateway there shows.
    source: 'boto3 issue 3789: close websocket connection with error code',
    observe: inSocket(async ({ engine, connectionId }) => {
      await manageConnection(engine, 'DELETE', connectionId);
      const { requestContext } = await readEvent(engine, connectionId);
      return { code: requestContext.disconnectStatusCode, reason: requestContext.disconnectReason };
    }),
    documented: { code: 1000, reason: 'Connection Closed Normally' },
  },
  isGone('nothing can be posted to a connection that is closed', POST, 'POST'),
  isGone('a connection that is closed cannot be asked', GET, 'GET'),
  isGone('a connection that is closed cannot be deleted', DELETE, 'DELETE'),
  {
    name: 'nothing can be posted to a connection that never was',
    source: POST,
    observe: async (engine) => {
      const { status, errorType } = await manageConnection(engine, 'POST', 'L0SM9cOFvHcCIhw=', 'text');
      return { status, errorType };
    },
    documented: GONE,
  },
];

runSocketCases('connections', withDifferences(CASES, DIFFERENCES));
