/** What the function of $disconnect gets of a connection that a client has ended. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { withDifferences } from '../with-differences.ts';
import type { ClientSocket } from './client-socket.ts';
import { DIFFERENCES } from './disconnect-events-differences.ts';
import { DISCONNECT_MEMBERS } from './event-members.ts';
import { inSocket } from './probe-socket.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { listContextMembers, listMembers, readEvent } from './socket-event.ts';
import type { Select } from './socket-event.ts';

const INPUT = 'Set up a WebSocket API integration request in API Gateway';
const CONNECT = 'Manage connected users and client apps: $connect and $disconnect routes';

/** @param end how the client ends the connection */
function disconnects(
  name: string,
  source: string,
  end: (client: ClientSocket) => void,
  select: Select,
  documented: unknown,
): ConformanceCase {
  const observe = inSocket(async ({ client, engine, connectionId }) => {
    end(client);
    return select(await readEvent(engine, connectionId), engine);
  });
  return { name, source, observe, documented };
}

const selectEnd: Select = ({ requestContext }) => ({
  code: requestContext.disconnectStatusCode,
  reason: requestContext.disconnectReason,
});

const CASES: readonly ConformanceCase[] = [
  disconnects(
    'the event of $disconnect has these members',
    INPUT,
    (client) => client.close(1000),
    listMembers,
    DISCONNECT_MEMBERS.event,
  ),
  disconnects(
    'the context of $disconnect has these members',
    INPUT,
    (client) => client.close(1000),
    listContextMembers,
    DISCONNECT_MEMBERS.context,
  ),
  disconnects(
    'the event of $disconnect has four headers, three of which are empty',
    INPUT,
    (client) => client.close(1000),
    ({ headers, requestContext: { domainName } }) =>
      JSON.parse(JSON.stringify(headers ?? null).replace(domainName, '<domain>')),
    { Host: '<domain>', 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
  ),
  disconnects(
    'the context of $disconnect tells what happens',
    INPUT,
    (client) => client.close(1000),
    ({ requestContext: { routeKey, eventType } }) => ({ routeKey, eventType }),
    { routeKey: '$disconnect', eventType: 'DISCONNECT' },
  ),
  disconnects('a client that closes without a code is told as 1005', INPUT, (client) => client.close(), selectEnd, {
    code: 1005,
    reason: 'Client-side close frame status not set',
  }),
  disconnects(
    'the code with which a client closes is told, 1000',
    INPUT,
    (client) => client.close(1000, 'done'),
    selectEnd,
    { code: 1000, reason: expect.any(String) },
  ),
  disconnects(
    'the code with which a client closes is told, one of its own',
    INPUT,
    (client) => client.close(4001, 'signed out'),
    selectEnd,
    { code: 4001, reason: expect.any(String) },
  ),
  disconnects('a client that is cut off is told', CONNECT, (client) => client.cut(), selectEnd, {
    code: expect.any(Number),
    reason: expect.any(String),
  }),
];

runSocketCases('handshakes and events', withDifferences(CASES, DIFFERENCES));
