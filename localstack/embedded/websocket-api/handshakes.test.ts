/** Handshakes: the function of $connect decides. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { exchangeRaw } from '../api-gateway/testing/test-api.ts';
import {
  defineApi,
  RefusedHandshake,
  route,
  startWebSocketApi,
  startWebSocketApiWith,
} from './testing/test-websocket-api.ts';
import type { RunningWebSocketApi } from './testing/test-websocket-api.ts';

async function findRefusal(api: RunningWebSocketApi, ...how: Parameters<RunningWebSocketApi['start']>) {
  const outcome: unknown = await api.connect(...how).catch((error: unknown) => error);
  if (!(outcome instanceof RefusedHandshake)) throw new Error('the handshake was not refused');
  return outcome;
}

describe('$connect', () => {
  it.each([200, 204, '200'])('lets in with %j', async (statusCode) => {
    await using api = await startWebSocketApi(defineApi(), () => ({ statusCode }));

    const { client } = await api.connect();

    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it('holds the handshake up until its function has answered', async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<object>();
    await using api = await startWebSocketApi(defineApi(), () => {
      asked.resolve();
      return answer.promise;
    });

    const client = api.start();
    await asked.promise;
    const stateBefore = client.socket.readyState;
    const { status } = await api.manage('POST', api.events[0]?.requestContext.connectionId ?? '', 'early');
    answer.resolve({ statusCode: 200 });
    await client.open();

    expect(stateBefore).toBe(client.socket.CONNECTING);
    expect(status).toBe(410);
  });

  it.each([400, 401, 403, 302, 500])('refuses with its status %i', async (statusCode) => {
    await using api = await startWebSocketApi(defineApi(), () => ({ statusCode, body: 'secret' }));

    const { status, body } = await findRefusal(api);

    expect(status).toBe(statusCode);
    expect(body).not.toContain('secret');
  });

  it.each([
    ['fails', { payload: '{"errorMessage":"secret"}', functionError: 'Unhandled' }],
    ['answers nothing', { payload: 'null' }],
    ['answers a malformed status', { payload: '{"statusCode":"yes"}' }],
  ])('refuses with 502 when its function %s', async (_how, answer) => {
    await using api = await startWebSocketApiWith(defineApi(), { invoke: async () => answer });

    const { status, body } = await findRefusal(api);

    expect(status).toBe(502);
    expect(JSON.parse(body)).toEqual({
      message: 'Internal server error',
      connectionId: expect.any(String),
      requestId: expect.any(String),
    });
  });

  it('refuses with 429 what Lambda refuses', async () => {
    const refusal = Object.assign(new Error('too many'), { name: 'TooManyRequestsException' });
    await using api = await startWebSocketApiWith(defineApi(), { invoke: async () => Promise.reject(refusal) });

    const { status, headers } = await findRefusal(api);

    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('1');
  });

  it('refuses with 429 what is over the throttle', async () => {
    const routeThrottles = { $connect: { throttlingRateLimit: 0.0001, throttlingBurstLimit: 1 } };
    await using api = await startWebSocketApi(defineApi({ routeThrottles }));

    await api.connect();
    const { status } = await findRefusal(api);

    expect(status).toBe(429);
    expect(api.events).toHaveLength(1);
  });

  it('is not needed', async () => {
    await using api = await startWebSocketApi(defineApi({ routes: [route('$default', true)] }), () => ({ body: 'hi' }));

    const client = await api.start().open();
    client.socket.send('text');

    expect(await client.receive()).toBe('hi');
  });

  it('names the subprotocol', async () => {
    const headers = { 'sec-websocket-protocol': 'second' };
    await using api = await startWebSocketApi(defineApi(), () => ({ statusCode: 200, headers }));

    const { client } = await api.connect('', ['first', 'second']);

    expect(client.socket.protocol).toBe('second');
  });

  it.each([
    ['closed', (socket: Socket) => socket.end()],
    ['reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('is followed by $disconnect when the client has %s the connection meanwhile', async (_how, leave) => {
    const answer = Promise.withResolvers<object>();
    await using api = await startWebSocketApi(defineApi(), ({ requestContext }) =>
      requestContext.eventType === 'CONNECT' ? answer.promise : {},
    );

    const socket = api.startRaw();
    await vi.waitFor(() => expect(api.events).toHaveLength(1));
    leave(socket);
    // Until the engine has seen it, though what follows holds before too.
    await delay(50);
    answer.resolve({ statusCode: 200 });

    await vi.waitFor(() => expect(api.events).toHaveLength(2));
    const [connected, disconnected] = api.events.map(({ requestContext }) => requestContext);
    expect(disconnected).toMatchObject({ eventType: 'DISCONNECT', disconnectStatusCode: 1006 });
    expect(disconnected?.connectionId).toBe(connected?.connectionId);
    socket.destroy();
  });
});

describe('an upgrade', () => {
  it('of a foreign page is refused with 403', async () => {
    await using api = await startWebSocketApi();

    const { status, body } = await findRefusal(api, '', [], { origin: 'https://evil.example' });

    expect(status).toBe(403);
    expect(body).toContain('evil.example');
    expect(api.events).toEqual([]);
  });

  it.each(['', '/other'])('on the path "%s" is served as a plain request', async (path) => {
    await using api = await startWebSocketApi();
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };

    const req = request({ port: api.port, path: `/_aws/execute-api/abc123${path}`, headers }).end();
    const [res]: IncomingMessage[] = await once(req, 'response');

    expect(res?.statusCode).toBe(404);
    req.destroy();
  });

  it('without a key is refused with 400, and no function is asked', async () => {
    await using api = await startWebSocketApi();
    const head = 'GET /_aws/execute-api/abc123/prod HTTP/1.1\r\nHost: localhost\r\n';

    const answer = await exchangeRaw(api.port, `${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);

    expect(answer).toContain('HTTP/1.1 400 ');
    expect(api.events).toEqual([]);
  });
});
