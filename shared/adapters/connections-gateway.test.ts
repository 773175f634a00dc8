/** Calls of API Gateway's management of connections, as they leave. */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { listenLocally, type LocalServer } from '../../tests/support/local-server.ts';
import { SocketUnreachableError } from '../domain/errors.ts';
import { ConnectionsGateway } from './connections-gateway.ts';

const { config } = new DynamoDBClient({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
});
const SOCKET = 'L0SM9cOFvHcCIhw=';

let server: LocalServer;
let received: Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string };
/** 0 for no answer. */
let status: number;

beforeAll(async () => {
  server = await listenLocally(
    createServer((request, response) => {
      const { method, url, headers } = request;
      const answer = async (): Promise<void> => {
        received = { method, url, headers, body: await text(request) };
        if (status !== 0) response.writeHead(status).end();
      };
      void answer();
    }),
  );
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllEnvs());

const connect = (): ConnectionsGateway => new ConnectionsGateway(config, `${server.url}/prod`);

test('a text is posted to its connection, signed', async () => {
  status = 200;
  expect(await connect().post(SOCKET, 'hello "Grüße"')).toBe(true);
  expect(received).toMatchObject({
    method: 'POST',
    url: `/prod/@connections/L0SM9cOFvHcCIhw%3D`,
    body: 'hello "Grüße"',
  });
  expect(received.headers.authorization).toContain('/eu-central-1/execute-api/aws4_request');
});

test('a connection that is gone is no error', async () => {
  status = 410;
  expect(await connect().post(SOCKET, 'hello')).toBe(false);
  await connect().close(SOCKET);
  expect(received).toMatchObject({ method: 'DELETE', body: '' });
});

test.each([403, 429, 500, 503])('an answer %i is', async (answered) => {
  status = answered;
  await expect(connect().post(SOCKET, 'hello')).rejects.toThrow(SocketUnreachableError);
});

test('no answer is, after a second', async () => {
  status = 0;
  await expect(connect().post(SOCKET, 'hello')).rejects.toThrow(SocketUnreachableError);
});

test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI'])(
  'an emulator that %s names is asked in place of AWS',
  async (variable) => {
    status = 200;
    vi.stubEnv(variable, server.url);
    const gateway = new ConnectionsGateway(config, 'https://abc123.execute-api.us-east-1.amazonaws.com/prod');
    expect(await gateway.post(SOCKET, 'hello')).toBe(true);
    expect(received.url).toBe('/_aws/execute-api/abc123/prod/@connections/L0SM9cOFvHcCIhw%3D');
  },
);
