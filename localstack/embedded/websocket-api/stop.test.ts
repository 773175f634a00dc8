/** The end of an API with connections and handshakes. */
import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { defineApi, startWebSocketApi } from './testing/test-websocket-api.ts';

it('closes connections with 1001 and waits for their functions', async () => {
  const ended: string[] = [];
  await using api = await startWebSocketApi(defineApi(), async ({ requestContext }) => {
    if (requestContext.eventType === 'DISCONNECT') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended.push(requestContext.connectionId);
    }
    return { statusCode: 200 };
  });
  const clients = [await api.connect(), await api.connect()];

  await api.api.stop();

  expect(ended.toSorted()).toEqual(clients.map(({ id }) => id).toSorted());
  for (const { client } of clients) expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
});

it('waits for nothing when all connections have closed', async () => {
  await using api = await startWebSocketApi();
  const { client } = await api.connect();
  client.socket.close();
  await vi.waitFor(() => expect(api.events).toHaveLength(2));

  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    await expect(api.api.stop()).resolves.toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

it('waits neither for clients that do not close nor for functions that do not end', async () => {
  const api = await startWebSocketApi(defineApi(), ({ requestContext }) =>
    requestContext.eventType === 'DISCONNECT' ? new Promise(() => undefined) : {},
  );
  const { socket } = await api.connectRaw();
  const closed = once(socket, 'close');

  await api[Symbol.asyncDispose]();

  await expect(closed).resolves.toBeDefined();
});

it('cuts handshakes off whose function does not end', async () => {
  const api = await startWebSocketApi(defineApi(), () => new Promise(() => undefined));
  const client = api.start();
  await vi.waitFor(() => expect(api.events).toHaveLength(1));

  const [, { code }] = await Promise.all([api.api.stop(), client.closed]);

  expect(code).toBe(1006);
  await api[Symbol.asyncDispose]();
});

it('refuses handshakes from then on, also those whose function answers', async () => {
  const answer = Promise.withResolvers<object>();
  await using api = await startWebSocketApi(defineApi(), ({ requestContext }) =>
    requestContext.eventType === 'CONNECT' ? answer.promise : {},
  );
  const waiting = api.start().open();
  await vi.waitFor(() => expect(api.events).toHaveLength(1));

  const stopped = api.api.stop();
  answer.resolve({ statusCode: 200 });

  await expect(waiting).rejects.toMatchObject({ status: 503 });
  await expect(api.connect()).rejects.toMatchObject({ status: 503 });
  await stopped;
  expect(api.events.map(({ requestContext }) => requestContext.eventType)).toEqual(['CONNECT', 'DISCONNECT']);
});
