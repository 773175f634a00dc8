/** The sample events have the shape in which AWS delivers them, and mean what their names say. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import type { ZodMiniType } from 'zod/mini';
import { chatActivity } from '../shared/contract/chat-activity.ts';
import { idempotencyKey } from '../shared/contract/characters.ts';
import { getDescription, showDescription } from '../shared/contract/description.ts';
import { checkHealth } from '../shared/contract/open-stream-operations.ts';
import { pingDb } from '../shared/contract/v1/health.ts';
import * as counters from '../shared/contract/counters/people.ts';
import { sendMessageRequest } from '../shared/contract/open-stream.ts';
import * as directChats from '../shared/contract/counters/chats.ts';
import { frame, payloads } from '../shared/contract/counters/frames.ts';
import type { Operation } from '../shared/contract/operation.ts';
import { push } from '../shared/contract/push.ts';
import * as chats from '../shared/contract/v1/chats.ts';
import * as messages from '../shared/contract/v1/messages.ts';
import * as v1 from '../shared/contract/v1/people.ts';
import { syncChats } from '../shared/contract/v1/sync.ts';
import { parseBody, parseHeader, parsePathParameters, parseQuery } from '../shared/runtime/parse-request.ts';
import { RequestError } from '../shared/runtime/request-error.ts';
import { listEvents, proxyEvent, readEvent, socketEvent, sqsEvent } from './test-support/sample-events.ts';

/** The chat and the other user of the events of chats. */
const CHAT = '3f0c6d1e-8a4b-4f2a-9d55-7e1b2c3d4e5f';
const USER = 'b2a1c0d9-1e2f-4a3b-8c4d-5e6f708192a3';

function readHttpEvent(name: string): APIGatewayProxyEvent {
  const event: APIGatewayProxyEvent = JSON.parse(readEvent(name));
  return event;
}

/** As API Gateway gives the same values a second time. */
function withLists(values: Record<string, string> | null): Record<string, string[]> | null {
  return values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
}

function isBase64(body: string | null): boolean {
  return Buffer.from(body ?? '', 'base64').toString('base64') === body;
}

/** Whether each record's body is JSON that fits. */
function areBodies(schema: ZodMiniType, event: string): boolean[] {
  return sqsEvent.parse(JSON.parse(readEvent(event))).Records.map(({ body }) => {
    try {
      return schema.safeParse(JSON.parse(body)).success;
    } catch {
      return false;
    }
  });
}

test('every sample event is of a kind that is looked at here', () => {
  const sources = listEvents('**/*').map((event) => path.dirname(event));
  expect(new Set(sources)).toEqual(
    new Set([
      'check-health',
      'describe-api',
      'exchange-messages',
      'fan-out',
      'manage-accounts',
      'manage-chats',
      'push-frames',
      'send-message',
      'serve-sockets',
    ]),
  );
});

describe('HTTP events', () => {
  test.each(listEvents('!(fan-out|push-frames|serve-sockets)/*'))('%s is an event of a proxy integration', (name) => {
    const event = proxyEvent.parse(JSON.parse(readEvent(name)));
    const { headers, multiValueHeaders, requestContext, body, isBase64Encoded } = event;
    expect(multiValueHeaders).toEqual(withLists(headers));
    expect(event.multiValueQueryStringParameters).toEqual(withLists(event.queryStringParameters));
    expect(requestContext.httpMethod).toBe(event.httpMethod);
    expect(requestContext.resourcePath).toBe(event.resource);
    expect(requestContext.path).toBe(`/${requestContext.stage}${event.path}`);
    expect(isBase64Encoded).toBe(headers['Content-Type'] === 'application/json');
    expect(body === null).toBe(['GET', 'DELETE'].includes(event.httpMethod));
    const { pathParameters, resource } = event;
    expect(resource.replaceAll(/\{(\w+)\}/g, (_, parameter) => pathParameters?.[parameter] ?? '')).toBe(
      event.path.replace(/(.)\/$/, '$1'),
    );
    expect(!isBase64Encoded || isBase64(body)).toBe(true);
  });

  test('ok holds a message, beyond ASCII', () => {
    const event = readHttpEvent('send-message/ok');
    expect(parseBody(event, sendMessageRequest)).toEqual({ sender: 'ann', text: 'Hello, world! Grüße 👋' });
    expect(parseHeader(event, 'Idempotency-Key', idempotencyKey)).toBeUndefined();
  });

  test('with-idempotency-key holds a message and a key', () => {
    const event = readHttpEvent('send-message/with-idempotency-key');
    expect(parseBody(event, sendMessageRequest)).toEqual({ sender: 'ann', text: 'Hello once' });
    expect(parseHeader(event, 'Idempotency-Key', idempotencyKey)).toBe('0f8c1d52-6a3e-4b7f-9c21-8e5d4a7b3f60');
  });

  test.each([
    ['not-json', 422, ['body: must be JSON']],
    ['missing-text', 422, ['body.text: ']],
    ['wrong-types', 422, ['body.sender: ', 'body.text: ']],
    ['unknown-field', 422, ['body.colour: is not a known field']],
    ['too-long', 422, ['body.text: must be 1 to 4096 characters long']],
    ['invalid-utf8', 422, ['body: must be UTF-8']],
    ['wrong-content-type', 415, ['header.Content-Type: must be application/json']],
  ])('%s is refused with %i for what its name says, and nothing else', (name, statusCode, problems) => {
    const event = readHttpEvent(`send-message/${name}`);
    const error = catchError(() => parseBody(event, sendMessageRequest));
    expect(error.statusCode).toBe(statusCode);
    expect(error.message.split('; ')).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });
});

test.each([
  ['check-health/ok', checkHealth],
  ['check-health/ping-db', pingDb],
  ['describe-api/openapi', getDescription],
  ['describe-api/docs', showDescription],
])('%s asks for what its name says', (name, { method, path: route }) => {
  const { httpMethod, resource } = readHttpEvent(name);
  expect([httpMethod, resource]).toEqual([method, route]);
});

describe('events of accounts', () => {
  test.each([
    ['register', v1.register],
    ['log-in', v1.logIn],
    ['sign-up', counters.signUp],
  ])('%s holds what its operation takes', (name, operation) => {
    const event = readHttpEvent(`manage-accounts/${name}`);
    expect([event.httpMethod, event.resource]).toEqual([operation.method, operation.path]);
    expect(parseBody<object>(event, operation.body!)).toMatchObject({ password: 'correct horse battery staple' });
  });

  test.each([
    ['missing-password', v1.logIn, 'body.password: is required'],
    ['not-an-email', counters.signIn, 'body.email: must be an email address'],
  ])('%s is refused for what its name says, and nothing else', (name, { body }, problem) => {
    const event = readHttpEvent(`manage-accounts/${name}`);
    expect(catchError(() => parseBody<object>(event, body!)).message).toBe(problem);
  });

  test('without-session comes from nobody', () => {
    const { httpMethod, resource, headers } = readHttpEvent('manage-accounts/without-session');
    expect([httpMethod, resource]).toEqual([v1.listSessions.method, v1.listSessions.path]);
    expect(Object.keys(headers)).not.toContain('Authorization');
  });
});

describe('events of chats', () => {
  test.each([
    ['manage-chats/create-chat', chats.createChat, { body: { chat_name: 'Friends 👋' } }],
    ['manage-chats/list-chats', chats.listChats, { query: { limit: 10 } }],
    ['manage-chats/show-chat', chats.showChat, { path: { chat_id: CHAT } }],
    ['manage-chats/add-member', chats.addMember, { path: { chat_id: CHAT }, body: { user_name: 'bob' } }],
    ['manage-chats/remove-member', chats.removeMember, { path: { chat_id: CHAT, user_id: USER } }],
    ['manage-chats/open-direct-chat', directChats.openDirectChat, { body: { companion_id: USER } }],
    ['manage-chats/list-direct-chats', directChats.listDirectChats, { query: { limit: 20, offset: 0 } }],
    ['manage-chats/sync-chats', syncChats, { query: { since: '2n1Qm0bq3sYk5r8tUvWxYz', limit: 100 } }],
    ['manage-chats/without-session', chats.listChats, { query: { limit: 100 } }],
    ['exchange-messages/send-message', messages.sendMessage, { body: { message: 'Hello, Bob! Grüße 👋' } }],
    ['exchange-messages/list-messages', messages.listMessages, { query: { around: 1, limit: 10 } }],
    ['exchange-messages/mark-read', messages.markRead, { body: { seq: 1 } }],
    ['exchange-messages/edit-message', messages.editMessage, { path: { chat_id: CHAT, seq: 1 } }],
    ['exchange-messages/delete-message', messages.deleteMessage, { path: { chat_id: CHAT, seq: 1 } }],
    ['exchange-messages/list-direct-messages', directChats.listDirectMessages, { query: { chat_id: CHAT } }],
    ['exchange-messages/two-places', messages.listMessages, { query: { before: 5, after: 1 } }],
    ['exchange-messages/without-session', messages.sendMessage, { body: { message: 'Hello' } }],
  ])('%s holds what its operation takes', (name, operation: Operation, parts) => {
    const event = readHttpEvent(name);
    expect([event.httpMethod, event.resource]).toEqual([operation.method, operation.path]);
    const { pathParameters, query, body } = operation;
    const parsed = {
      path: pathParameters && parsePathParameters<object>(event, pathParameters),
      query: query && parseQuery<object>(event, query),
      body: body && parseBody<unknown>(event, body),
    };
    expect(parsed).toMatchObject(parts);
    expect('Authorization' in event.headers).toBe(!name.endsWith('/without-session'));
  });

  test.each([
    ['manage-chats/without-name', chats.createChat, 'body.chat_name: is required'],
    ['exchange-messages/empty-message', messages.sendMessage, 'body.message: must be 1 to 4096 characters long'],
  ])('%s is refused for what its name says, and nothing else', (name, { body }, problem) => {
    const event = readHttpEvent(name);
    expect(catchError(() => parseBody<object>(event, body!)).message).toBe(problem);
  });
});

describe('SQS events', () => {
  test.each(listEvents('{fan-out,push-frames}/*'))('%s is an event of a queue', (name) => {
    for (const { body, md5OfBody } of sqsEvent.parse(JSON.parse(readEvent(name))).Records)
      expect(createHash('md5').update(body).digest('hex')).toBe(md5OfBody);
  });

  test('only ok holds a signal', () => {
    expect(areBodies(chatActivity, 'fan-out/ok')).toEqual([true]);
    expect(areBodies(chatActivity, 'fan-out/not-a-signal')).toEqual([false]);
  });

  test('a push stands where its name says', () => {
    expect(areBodies(push, 'push-frames/ok')).toEqual([true]);
    expect(areBodies(push, 'push-frames/not-a-push')).toEqual([true, false, true]);
  });
});

const readSocketEvent = (name: string) => socketEvent.parse(JSON.parse(readEvent(`serve-sockets/${name}`)));

describe('events of sockets', () => {
  test.each([
    ['connect', 'CONNECT', '$connect'],
    ['without-token', 'CONNECT', '$connect'],
    ['send-message', 'MESSAGE', 'send-message'],
    ['typing', 'MESSAGE', '$default'],
    ['presence', 'MESSAGE', '$default'],
    ['ping', 'MESSAGE', '$default'],
    ['not-a-frame', 'MESSAGE', '$default'],
    ['disconnect', 'DISCONNECT', '$disconnect'],
  ])('%s is an event %s of the route %s', (name, eventType, routeKey) => {
    const event = readSocketEvent(name);
    expect(event.requestContext).toMatchObject({ eventType, routeKey });
    expect('body' in event).toBe(eventType === 'MESSAGE');
    expect(event.queryStringParameters?.['token'] !== undefined).toBe(name === 'connect');
  });

  test.each([
    ['send-message', payloads.sendMessage],
    ['typing', payloads.typing],
    ['presence', payloads.presence],
    ['ping', payloads.ping],
  ])('%s is a frame of this action', (name, schema) => {
    const { action, payload } = frame.parse(JSON.parse(readSocketEvent(name).body ?? ''));
    expect(action).toBe(name);
    expect(schema.safeParse(JSON.parse(payload)).success).toBe(true);
  });
});

function catchError(run: () => unknown): RequestError {
  try {
    run();
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
