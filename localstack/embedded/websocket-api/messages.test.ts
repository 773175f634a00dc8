/** What becomes of messages: their routes, their functions and what clients get back. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TemporaryService } from '../lambda/temporary-service.ts';
import {
  defineApi,
  FUNCTION_ARN,
  route,
  startWebSocketApi,
  startWebSocketApiWith,
} from './testing/test-websocket-api.ts';
import type { Handler, RunningWebSocketApi } from './testing/test-websocket-api.ts';

async function listRouteKeys(api: RunningWebSocketApi, messages: number): Promise<string[]> {
  const sent = () => api.events.filter(({ requestContext }) => requestContext.eventType === 'MESSAGE');
  await vi.waitFor(() => expect(sent()).toHaveLength(messages));
  return sent().map(({ requestContext }) => requestContext.routeKey);
}

describe('routes', () => {
  it.each([
    ['{"action":"note"}', 'note'],
    ['{"action":"other"}', '$default'],
    ['{"action":"Note"}', '$default'],
    ['{"text":"note"}', '$default'],
    ['{"action":{"action":"note"}}', '$default'],
    ['{"action":"$connect"}', '$default'],
    ['{"action":"$disconnect"}', '$default'],
    ['[{"action":"note"}]', '$default'],
    ['"note"', '$default'],
    ['null', '$default'],
    ['note', '$default'],
    ['', '$default'],
  ])('%s takes %s', async (message, routeKey) => {
    await using api = await startWebSocketApi();
    const { client } = await api.connect();

    client.socket.send(message);

    expect(await listRouteKeys(api, 1)).toEqual([routeKey]);
  });

  it('are found by a member of a member', async () => {
    await using api = await startWebSocketApi(defineApi({ routeSelectionExpression: '${request.body.message.kind}' }));
    const { client } = await api.connect();

    client.socket.send('{"message":{"kind":"note"}}');

    expect(await listRouteKeys(api, 1)).toEqual(['note']);
  });

  it('that are none are answered with Forbidden', async () => {
    await using api = await startWebSocketApi(defineApi({ routes: [route('$connect'), route('note')] }));
    const { client, id } = await api.connect();

    client.socket.send('{"action":"other"}');

    const message = { message: 'Forbidden', connectionId: id, requestId: expect.any(String) };
    expect(JSON.parse(await client.receive())).toEqual(message);
    expect(await listRouteKeys(api, 0)).toEqual([]);
  });
});

/** A function that lets everybody in and answers messages. */
function answerMessages(answer: unknown): Handler {
  return ({ requestContext }) => (requestContext.eventType === 'MESSAGE' ? answer : {});
}

describe('what a client gets back', () => {
  it('is nothing unless the route has a response', async () => {
    const routes = [route('$connect'), route('$default'), route('note', true)];
    await using api = await startWebSocketApi(defineApi({ routes }), ({ body }) => ({
      statusCode: body === undefined ? 200 : 500,
      body,
    }));
    const { client } = await api.connect();

    client.socket.send('silent');
    await listRouteKeys(api, 1);
    client.socket.send('{"action":"note"}');

    expect(await client.receive()).toBe('{"action":"note"}');
    expect(await listRouteKeys(api, 2)).toEqual(['$default', 'note']);
  });

  it('is an error when the function does not answer as it must', async () => {
    await using api = await startWebSocketApi(defineApi(), answerMessages('secret'));
    const { client, id } = await api.connect();

    client.socket.send('text');

    expect(JSON.parse(await client.receive())).toEqual({
      message: 'Internal server error',
      connectionId: id,
      requestId: api.events[1]?.requestContext.requestId,
    });
  });

  it('is an error when the route is throttled, each route on its own', async () => {
    const defaultThrottle = { throttlingRateLimit: 0.0001, throttlingBurstLimit: 1 };
    const routeThrottles = { note: { throttlingBurstLimit: 2 } };
    await using api = await startWebSocketApi(defineApi({ defaultThrottle, routeThrottles }));
    const { client, id } = await api.connect();

    for (const message of ['text', 'text', '{"action":"note"}', '{"action":"note"}', '{"action":"note"}'])
      client.socket.send(message);

    const error = { message: 'Too Many Requests', connectionId: id, requestId: expect.any(String) };
    expect(JSON.parse(await client.receive())).toEqual(error);
    expect(JSON.parse(await client.receive())).toEqual(error);
    expect(await listRouteKeys(api, 3)).toEqual(['$default', 'note', 'note']);
  });

  it('is an error when Lambda refuses', async () => {
    const refusal = Object.assign(new Error('too many'), { name: 'TooManyRequestsException' });
    const routes = [route('$default')];
    await using api = await startWebSocketApiWith(defineApi({ routes }), {
      invoke: async () => Promise.reject(refusal),
    });
    const client = await api.start().open();

    client.socket.send('text');

    expect(JSON.parse(await client.receive())).toMatchObject({ message: 'Too Many Requests' });
  });
});

describe.each(['managed', 'lambda'] as const)('functions in the mode %s', (mode) => {
  let lambda: TemporaryService | undefined;

  afterEach(async () => {
    await lambda?.remove();
  });

  it('get the messages of one connection at the same time', async () => {
    lambda = new TemporaryService({ mode, maxEnvironments: 2 });
    // Each of the two waits for the other, so that one after the other would never end.
    lambda.addFunction(
      `import { existsSync, writeFileSync } from 'node:fs';
       import { setTimeout as delay } from 'node:timers/promises';
       const folder = ${JSON.stringify(lambda.folder)};
       export const handler = async ({ body }) => {
         writeFileSync(folder + '/' + body, '');
         const other = body === 'first' ? 'second' : 'first';
         while (!existsSync(folder + '/' + other)) await delay(10);
         return { statusCode: 200, body: body + ' met ' + other };
       };`,
      { functionArn: FUNCTION_ARN },
    );
    await using api = await startWebSocketApiWith(defineApi({ routes: [route('$default', true)] }), lambda.service);
    const client = await api.start().open();

    client.socket.send('first');
    client.socket.send('second');

    const answers = [await client.receive(), await client.receive()];
    expect(answers.toSorted()).toEqual(['first met second', 'second met first']);
  });

  it('that throw are answered for with an error, and the connection stays', async () => {
    lambda = new TemporaryService({ mode });
    lambda.addFunction(
      `export const handler = async ({ body }) => {
         if (body === 'throw') throw new Error('secret');
         return { statusCode: 200, body };
       };`,
      { functionArn: FUNCTION_ARN },
    );
    await using api = await startWebSocketApiWith(defineApi({ routes: [route('$default', true)] }), lambda.service);
    const client = await api.start().open();

    client.socket.send('throw');
    const error = await client.receive();
    client.socket.send('text');

    expect(JSON.parse(error)).toMatchObject({ message: 'Internal server error' });
    expect(error).not.toContain('secret');
    expect(await client.receive()).toBe('text');
  });
});
