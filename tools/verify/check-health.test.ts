/** The API's own word on its health is asked for and believed only if it is a clear yes. */
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { ToolError } from '../command-line/run-tool.ts';
import { listenLocally } from '../../tests/support/local-server.ts';
import { checkHealth } from './check-health.ts';

async function checkServer(status: number, body: string, base = ''): Promise<{ kinds: string[]; paths: string[] }> {
  const paths: string[] = [];
  const server = await listenLocally(
    createServer(({ url = '' }, response) => {
      paths.push(url);
      response.writeHead(status).end(body);
    }),
  );
  try {
    const violations = await checkHealth(new URL(server.url + base));
    return { kinds: violations.map(({ kind }) => kind), paths };
  } finally {
    await server.close();
  }
}

test('a healthy service passes, below a stage too', async () => {
  expect(await checkServer(200, '{"status":"ok","store":"ok"}', '/prod')).toEqual({ kinds: [], paths: ['/prod/'] });
});

test.each([
  ['a degraded service', 200, '{"status":"degraded","store":"unavailable"}'],
  ['another status', 403, '{"status":"ok","store":"ok"}'],
  ['another program on the port', 200, '<html>'],
  ['null', 200, 'null'],
])('%s is found', async (_, status, body) => {
  expect((await checkServer(status, body)).kinds).toEqual(['not healthy']);
});

test('a service that does not answer cannot be checked', async () => {
  const server = await listenLocally(createServer());
  await server.close();
  await expect(checkHealth(new URL(server.url))).rejects.toThrow(ToolError);
});
