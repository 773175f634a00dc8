/** Which route a message takes. */
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { withDifferences } from '../with-differences.ts';
import { ClientSocket } from './client-socket.ts';
import { parseErrorText } from './error-text.ts';
import { inSocket } from './probe-socket.ts';
import { DIFFERENCES } from './routes-differences.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { readEvent } from './socket-event.ts';

const ROUTES = 'Create routes for WebSocket APIs in API Gateway';
const MESSAGES = 'Invoke your backend integration with the $default Route and custom routes in API Gateway';

/** To the API that selects by `$request.body.action` and has the route `note`. */
function takes(name: string, source: string, message: string, documented: string): ConformanceCase {
  return {
    name,
    source,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      client.send(message);
      const { body, requestContext } = await readEvent(engine, connectionId);
      return { routeKey: requestContext.routeKey, isUnchanged: body === message };
    }),
    documented: { routeKey: documented, isUnchanged: true },
  };
}

const CASES: readonly ConformanceCase[] = [
  takes('a message that names a route takes it', ROUTES, '{ "action": "note", "text": "grüße" }', 'note'),
  takes('a message that names no route of the API takes $default', ROUTES, '{"action":"other"}', '$default'),
  takes('the name must be the same in case', ROUTES, '{"action":"Note"}', '$default'),
  takes('a message without the member takes $default', ROUTES, '{"text":"note"}', '$default'),
  takes('the member counts at its place only', ROUTES, '{"message":{"action":"note"}}', '$default'),
  takes('a message that is not JSON takes $default', MESSAGES, 'action: note', '$default'),
  takes('a list takes $default', ROUTES, '[{"action":"note"}]', '$default'),
  takes('a text in JSON takes $default', ROUTES, '"note"', '$default'),
  {
    name: 'the expression may name a member of a member',
    source: 'WebSocket selection expressions in API Gateway',
    observe: async (engine) => {
      const client = await ClientSocket.open(engine, { api: 'BareSocketApi' });
      const noteAs = crypto.randomUUID();
      client.send(JSON.stringify({ message: { kind: 'note' }, noteAs }));
      const { requestContext } = await readEvent(engine, noteAs);
      client.cut();
      return requestContext.routeKey;
    },
    documented: 'note',
  },
  {
    name: 'a message that finds no route, not even $default, is answered with an error',
    source: ROUTES,
    observe: async (engine) => {
      const client = await ClientSocket.open(engine, { api: 'BareSocketApi' });
      client.send('{"message":{"kind":"other"}}');
      const [error] = await client.receive(1);
      client.cut();
      return parseErrorText(error);
    },
    // The page says that it is an error; which one, users of AWS show in many places.
    documented: { message: 'Forbidden', connectionId: expect.any(String), requestId: expect.any(String) },
  },
];

runSocketCases('messages', withDifferences(CASES, DIFFERENCES));
