/** The events that a function gets of a connection. */
import { describe, expect, it, vi } from 'vitest';
import { defineApi, startWebSocketApi } from './testing/test-websocket-api.ts';
import type { RunningWebSocketApi, SocketEvent, TestClient } from './testing/test-websocket-api.ts';

const ID = expect.stringMatching(/^[\w-]{15}=$/);
const CONTEXT = {
  messageDirection: 'IN',
  stage: 'prod',
  domainName: 'abc123.execute-api.eu-central-1.amazonaws.com',
  apiId: 'abc123',
  extendedRequestId: ID,
  requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
  requestTimeEpoch: expect.any(Number),
  connectedAt: expect.any(Number),
  identity: { sourceIp: '127.0.0.1', userAgent: 'test/1' },
  requestId: ID,
  connectionId: ID,
};
const HEADERS = { 'User-Agent': 'test/1', 'X-Own': 'grüße' };

async function nextEvent(api: RunningWebSocketApi, eventType: string): Promise<SocketEvent> {
  return vi.waitFor(() => {
    const found = api.events.find(({ requestContext }) => requestContext.eventType === eventType);
    if (found === undefined) throw new Error(`no event ${eventType}`);
    return found;
  });
}

describe('CONNECT', () => {
  it('has the handshake with its headers and its query string', async () => {
    await using api = await startWebSocketApi();

    await api.connect('?token=a%20b&tag=1&tag=2', [], { headers: HEADERS });

    const headers = {
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': expect.any(String),
      'User-Agent': 'test/1',
      'X-Own': expect.any(String),
      Host: `127.0.0.1:${api.port}`,
      'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}$/),
      'X-Forwarded-For': '127.0.0.1',
      'X-Forwarded-Port': String(api.port),
      'X-Forwarded-Proto': 'http',
    };
    const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    expect(api.events).toEqual([
      {
        headers,
        multiValueHeaders,
        queryStringParameters: { token: 'a b', tag: '2' },
        multiValueQueryStringParameters: { token: ['a b'], tag: ['1', '2'] },
        requestContext: { ...CONTEXT, routeKey: '$connect', eventType: 'CONNECT' },
        isBase64Encoded: false,
      },
    ]);
  });

  it('has no members for a query string that there is not', async () => {
    await using api = await startWebSocketApi();

    await api.connect();

    expect(api.events[0]).not.toHaveProperty('queryStringParameters');
    expect(api.events[0]).not.toHaveProperty('multiValueQueryStringParameters');
    expect(api.events[0]?.requestContext.identity).toEqual({ sourceIp: '127.0.0.1' });
  });

  it("has the stage's variables", async () => {
    await using api = await startWebSocketApi(defineApi({ stageVariables: { table: 'items' } }));

    await api.connect();

    expect(api.events[0]).toMatchObject({ stageVariables: { table: 'items' } });
  });

  it('has ids of its own for each connection, and one for both request ids', async () => {
    await using api = await startWebSocketApi();

    await api.connect();
    await api.connect();

    const [first, second] = api.events.map(({ requestContext }) => requestContext);
    expect(first?.requestId).toBe(first?.extendedRequestId);
    expect(first?.connectionId).not.toBe(second?.connectionId);
  });
});

describe('MESSAGE', () => {
  it('has the text as it was sent', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect('', [], { headers: HEADERS });

    client.socket.send('{ "action": "note", "text": "grüße" }');

    expect(await nextEvent(api, 'MESSAGE')).toEqual({
      requestContext: { ...CONTEXT, connectionId: id, routeKey: 'note', eventType: 'MESSAGE', messageId: ID },
      body: '{ "action": "note", "text": "grüße" }',
      isBase64Encoded: false,
    });
  });
});

describe('DISCONNECT', () => {
  it('has headers that tell nothing, and how the client has closed', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect('?token=secret', [], { headers: HEADERS });

    client.socket.close(4001, 'signed out');

    const Host = 'abc123.execute-api.eu-central-1.amazonaws.com';
    const requestContext = { ...CONTEXT, connectionId: id, routeKey: '$disconnect', eventType: 'DISCONNECT' };
    expect(await nextEvent(api, 'DISCONNECT')).toEqual({
      headers: { Host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      multiValueHeaders: { Host: [Host], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
      requestContext: { ...requestContext, disconnectStatusCode: 4001, disconnectReason: 'signed out' },
      isBase64Encoded: false,
    });
  });

  it.each<[string, number, string, (client: TestClient, api: RunningWebSocketApi, id: string) => unknown]>([
    ['without a code', 1005, 'Client-side close frame status not set', ({ socket }) => socket.close()],
    ['by cutting off', 1006, 'Connection closed abnormally', ({ socket }) => socket.terminate()],
    ['by a binary frame', 1003, 'Unsupported data', ({ socket }) => socket.send(Buffer.from('a'))],
    ['by a frame over the limit', 1009, 'Message too big', ({ socket }) => socket.send('a'.repeat(32_769))],
    ['through its backend', 1000, 'Connection Closed Normally', (_client, api, id) => api.manage('DELETE', id)],
    ['as the engine stops', 1001, 'Going away', (_client, { api }) => api.stop()],
  ])('tells of a connection that ends %s', async (_how, disconnectStatusCode, disconnectReason, end) => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();

    await end(client, api, id);

    const { requestContext } = await nextEvent(api, 'DISCONNECT');
    expect(requestContext).toMatchObject({ connectionId: id, disconnectStatusCode, disconnectReason });
  });
});
