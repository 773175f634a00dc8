/** What a function gets of a message. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { withDifferences } from '../with-differences.ts';
import { MESSAGE_MEMBERS } from './event-members.ts';
import { DIFFERENCES } from './message-events-differences.ts';
import { inSocket } from './probe-socket.ts';
import type { ProbeSocket } from './probe-socket.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { listContextMembers, listMembers, readEvent } from './socket-event.ts';
import type { Select, SocketEvent } from './socket-event.ts';

const INPUT = 'Set up a WebSocket API integration request in API Gateway';
const VARIABLES = 'WebSocket API mapping template reference for API Gateway';

function sends(name: string, source: string, select: Select, documented: unknown): ConformanceCase {
  const observe = inSocket(async (socket) => select(await sendForEvent(socket, '{"action":"note"}'), socket.engine));
  return { name, source, observe, documented };
}

async function sendForEvent({ client, engine, connectionId }: ProbeSocket, message: string): Promise<SocketEvent> {
  client.send(message);
  return readEvent(engine, connectionId);
}

const CASES: readonly ConformanceCase[] = [
  sends('the event of a message has these members', VARIABLES, listMembers, MESSAGE_MEMBERS.event),
  sends('the context of a message has these members', VARIABLES, listContextMembers, MESSAGE_MEMBERS.context),
  sends(
    'the event of a message has it as it was sent',
    INPUT,
    ({ body, isBase64Encoded }) => ({ body, isBase64Encoded }),
    { body: '{"action":"note"}', isBase64Encoded: false },
  ),
  sends(
    'the context of a message tells what happens, and of whom',
    VARIABLES,
    ({ requestContext: { routeKey, eventType, messageDirection, messageId, identity } }) => ({
      routeKey,
      eventType,
      messageDirection,
      messageId,
      identity,
    }),
    {
      routeKey: 'note',
      eventType: 'MESSAGE',
      messageDirection: 'IN',
      messageId: expect.any(String),
      identity: { sourceIp: '127.0.0.1', userAgent: 'probe/1' },
    },
  ),
  {
    name: 'the time of the connection is the same in all events',
    source: VARIABLES,
    observe: inSocket(async (socket) => {
      const { requestContext } = await sendForEvent(socket, 'text');
      return requestContext.connectedAt - socket.connectEvent.requestContext.connectedAt;
    }),
    documented: 0,
  },
];

runSocketCases('handshakes and events', withDifferences(CASES, DIFFERENCES));
