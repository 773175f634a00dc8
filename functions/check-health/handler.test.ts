/** What health says when the stores are away: a port at which nobody listens stands for them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { afterAll, expect, test, vi } from 'vitest';
import { findFreePort } from '../../tests/support/find-free-port.ts';

vi.stubEnv('CHAT_TABLE_NAME', 'chats');
vi.stubEnv('PEOPLE_TABLE_NAME', 'people');
vi.stubEnv('AWS_REGION', 'us-east-1');
vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${await findFreePort()}`);
vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
const { handler } = await import('./handler.ts');
afterAll(() => vi.unstubAllEnvs());

const context: Context = JSON.parse('{"awsRequestId": "request"}');
const EVENT = path.resolve(import.meta.dirname, '../../events/check-health/ok.json');

async function get(resource: string) {
  const event: APIGatewayProxyEvent = { ...JSON.parse(readFileSync(EVENT, 'utf8')), resource, path: resource };
  const answer = await handler(
    event,
    { ...context, getRemainingTimeInMillis: () => 5_000 },
    { signal: new AbortController().signal },
  );
  return { statusCode: answer?.statusCode, headers: answer?.headers, body: JSON.parse(answer?.body ?? '') };
}

test('GET / is answered, and says that the store is away', async () => {
  expect(await get('/')).toMatchObject({ statusCode: 200, body: { status: 'degraded', store: 'unavailable' } });
});

test('GET /ping asks no store', async () => {
  expect(await get('/ping')).toMatchObject({ statusCode: 200, body: { status: 'ok' } });
});

test('GET /ping_db is 503 and says when to ask again', async () => {
  expect(await get('/ping_db')).toMatchObject({
    statusCode: 503,
    headers: { 'Retry-After': '1' },
    body: { message: 'service-unavailable' },
  });
});
