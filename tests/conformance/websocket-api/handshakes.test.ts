/** What becomes of handshakes: the function of $connect decides. */
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { withDifferences } from '../with-differences.ts';
import { ClientSocket, RefusedHandshake } from './client-socket.ts';
import type { Opening } from './client-socket.ts';
import { DIFFERENCES } from './handshakes-differences.ts';
import { manageConnection } from './manage-connection.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { readEvent } from './socket-event.ts';

const CONNECT = 'Manage connected users and client apps: $connect and $disconnect routes';
const SUBPROTOCOL = 'Set up a $connect route that requires a WebSocket subprotocol';
const GONE = 'How do I troubleshoot 410 GoneException errors with Amazon API Gateway WebSocket APIs?';

/** The status of the handshake's answer: 101 if it is a connection. */
async function observeStatus(engine: Engine, opening: Opening): Promise<number> {
  try {
    const client = await ClientSocket.open(engine, opening);
    client.cut();
    return 101;
  } catch (error) {
    if (error instanceof RefusedHandshake) return error.status;
    throw error;
  }
}

function opens(name: string, source: string, opening: Opening, documented: number): ConformanceCase {
  return { name, source, observe: (engine) => observeStatus(engine, opening), documented };
}

const CASES: readonly ConformanceCase[] = [
  opens('a function that answers 200 lets the client in', SUBPROTOCOL, { told: { answer: { statusCode: 200 } } }, 101),
  opens('a function refuses with 400', SUBPROTOCOL, { told: { answer: { statusCode: 400 } } }, 400),
  opens('a function refuses with 401', CONNECT, { told: { answer: { statusCode: 401 } } }, 401),
  opens('a function refuses with 403', CONNECT, { told: { answer: { statusCode: 403 } } }, 403),
  // The page says that no connection is made; which status it is, users of AWS show.
  opens('a function that fails lets nobody in', CONNECT, { told: { error: 'no luck' } }, 502),
  opens('an API without $connect lets everybody in', CONNECT, { api: 'BareSocketApi' }, 101),
  {
    name: 'the client gets the subprotocol that the function names',
    source: SUBPROTOCOL,
    observe: async (engine) => {
      const answer = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'myprotocol' } };
      const protocols = ['chat1', 'myprotocol'];
      const opened = ClientSocket.open(engine, { protocols, told: { answer } });
      const client = await opened.catch((error: Error) => error.message);
      if (typeof client === 'string') return client;
      client.cut();
      return client.protocol;
    },
    documented: 'myprotocol',
  },
  {
    name: 'a refused connection is none',
    source: CONNECT,
    observe: async (engine) => {
      const noteAs = crypto.randomUUID();
      await observeStatus(engine, { told: { noteAs, answer: { statusCode: 403 } } });
      const { requestContext } = await readEvent(engine, noteAs);
      const { status } = await manageConnection(engine, 'POST', requestContext.connectionId, 'text');
      return status;
    },
    documented: 410,
  },
  {
    name: 'nothing can be sent while the function of $connect runs, which the handshake waits for',
    source: GONE,
    observe: async (engine) => {
      const noteAs = crypto.randomUUID();
      const opening = ClientSocket.open(engine, { told: { noteAs, holdMs: 2000 } });
      const { requestContext } = await readEvent(engine, noteAs);
      const post = () => manageConnection(engine, 'POST', requestContext.connectionId, 'text');
      const { status: before } = await post();
      const client = await opening;
      const { status: after } = await post();
      client.cut();
      return { before, after };
    },
    documented: { before: 410, after: 200 },
  },
];

runSocketCases('handshakes and events', withDifferences(CASES, DIFFERENCES));
