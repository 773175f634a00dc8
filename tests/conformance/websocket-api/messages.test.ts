/** What clients may send, and what they get for it. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { withDifferences } from '../with-differences.ts';
import { parseErrorText } from './error-text.ts';
import { DIFFERENCES } from './messages-differences.ts';
import { inSocket } from './probe-socket.ts';
import type { ProbeSocket } from './probe-socket.ts';
import { runSocketCases } from './run-socket-cases.ts';
import { readEvent, readEvents } from './socket-event.ts';

const QUOTAS = 'Quotas for configuring and running a WebSocket API in API Gateway';
const MESSAGES = 'Invoke your backend integration with the $default Route and custom routes in API Gateway';
const BINARY = 'Binary media types for WebSocket APIs in API Gateway';
const RESPONSES = 'Set up route responses for WebSocket APIs in API Gateway';
const INTEGRATION = 'Set up a WebSocket API integration response in API Gateway';
/** No page says it; its users show it in many places. */
const USERS = 'no page of AWS: what its users show';
const ORDER = 'AWS re:Post: are the responses guaranteed to be in same order than the sent messages';
const KIBIBYTE = 1024;
const FRAME = 'x'.repeat(32 * KIBIBYTE);

/** @param frames the size of each in bytes */
function arrives(name: string, frames: readonly string[]): ConformanceCase {
  const message = frames.join('');
  return {
    name,
    source: QUOTAS,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      client.sendFrames(frames);
      const { body } = await readEvent(engine, connectionId);
      return body === message;
    }),
    documented: true,
  };
}

function closes(
  name: string,
  source: string,
  send: (socket: ProbeSocket) => void,
  documented: number,
): ConformanceCase {
  const observe = inSocket(async (socket) => {
    send(socket);
    return socket.client.findCloseCode();
  });
  return { name, source, observe, documented };
}

/** @param told to the function that gets the message */
function staysSilent(name: string, source: string, told: object): ConformanceCase {
  return {
    name,
    source,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      client.send(JSON.stringify({ action: 'note', ...told }));
      await readEvent(engine, connectionId);
      return client.receiveAny();
    }),
    documented: [],
  };
}

const CASES: readonly ConformanceCase[] = [
  arrives('a frame of 32 KB arrives', [FRAME]),
  arrives('a message of 128 KB arrives in frames of 32 KB', [FRAME, FRAME, FRAME, FRAME]),
  closes('a larger frame closes with 1009', QUOTAS, ({ client }) => client.send(`${FRAME}x`), 1009),
  closes(
    'a larger message closes with 1009',
    MESSAGES,
    ({ client }) => client.sendFrames([FRAME, FRAME, FRAME, FRAME, 'x']),
    1009,
  ),
  closes('a binary frame closes with 1003', BINARY, ({ client }) => client.send(Buffer.from('text')), 1003),
  staysSilent('what a function answers stays with it unless there is a route response', RESPONSES, {
    answer: { statusCode: 200, body: 'answer' },
  }),
  staysSilent('so does an error that a function answers', INTEGRATION, {
    answer: { statusCode: 500, body: 'answer' },
  }),
  {
    name: 'what a function answers is sent if there is a route response',
    source: RESPONSES,
    observe: inSocket(async ({ client }) => {
      client.send('{"action":"reply","answer":{"statusCode":200,"body":"answer"}}');
      return client.receive(1);
    }),
    documented: ['answer'],
  },
  {
    name: 'a function that fails is answered for with an error, and the connection stays',
    source: USERS,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      client.send('{"action":"note","error":"secret"}');
      const [error] = await client.receive(1);
      client.send('text');
      const events = await readEvents(engine, connectionId, 2);
      return { error: parseErrorText(error, connectionId), events: events.length };
    }),
    documented: {
      error: { message: 'Internal server error', connectionId: '<own>', requestId: expect.any(String) },
      events: 2,
    },
  },
  {
    name: 'a message does not wait until the function has done with the one before',
    source: ORDER,
    observe: inSocket(async ({ client, engine, connectionId }) => {
      client.send('{"action":"note","text":"first","delayMs":3000}');
      await delay(100);
      client.send('{"action":"note","text":"second"}');
      const events = await readEvents(engine, connectionId, 2);
      return events.map(({ body = '' }) => JSON.parse(body).text);
    }),
    documented: ['second', 'first'],
  },
];

runSocketCases('messages', withDifferences(CASES, DIFFERENCES));
