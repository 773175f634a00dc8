/** API ports with a REST API, a WebSocket API or both. */
import { expect, test } from 'vitest';
import { createRestApi } from './api-gateway/rest-api.ts';
import { defineApi as defineRestApi } from './api-gateway/testing/test-api.ts';
import { openApiPorts } from './api-ports.ts';
import type { ServedApis } from './api-ports.ts';
import {
  defineApi as defineWebSocketApi,
  RefusedHandshake,
  TestClient,
} from './websocket-api/testing/test-websocket-api.ts';
import { createWebSocketApi } from './websocket-api/websocket-api.ts';

const INVOKER = { invoke: async () => ({ payload: '{"statusCode":200,"body":"rest"}' }) };

/** Opens two ports until it is disposed of. */
async function open(apis: Partial<ServedApis> = {}) {
  const restApi = createRestApi(defineRestApi(), INVOKER);
  const webSocketApi = createWebSocketApi(defineWebSocketApi(), INVOKER, { idleMs: 600_000, lifetimeMs: 600_000 });
  const intake = [() => webSocketApi.stop()];
  const urls = await openApiPorts([0, 0], { restApi, webSocketApi, webSocketPath: '/chat/ws', ...apis }, intake);
  const close = async (): Promise<void> => void (await Promise.all(intake.map((stop) => stop())));
  return { urls, [Symbol.asyncDispose]: close };
}

function connect(url: string | undefined, path: string): Promise<TestClient> {
  return new TestClient(`${url?.replace('http', 'ws')}${path}`, [], {}).open();
}

test('each port serves both', async () => {
  await using ports = await open();

  for (const url of ports.urls) {
    await connect(url, '/chat/ws?token=a');
    expect(await (await fetch(`${url}/orders`)).text()).toBe('rest');
  }
  expect(ports.urls).toHaveLength(2);
});

test.each(['/chat/other', '/chat/ws/'])(
  'a client that connects to %s gets the answer of the REST API',
  async (path) => {
    await using ports = await open();

    const refusal: unknown = await connect(ports.urls[0], path).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(RefusedHandshake);
    expect(refusal).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
  },
);

test('without a REST API other requests are a 404', async () => {
  await using ports = await open({ restApi: undefined });

  await connect(ports.urls[0], '/chat/ws');

  expect((await fetch(`${ports.urls[0]}/orders`)).status).toBe(404);
});
