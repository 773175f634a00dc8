/** The `@connections` API, also through the AWS SDK's form of its requests. */
import { request } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { startWebSocketApi } from './testing/test-websocket-api.ts';

const LIMIT_BYTES = 128 * 1024;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('POST', () => {
  it('sends texts in their order', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();

    const answers = [];
    for (const text of ['grüße', '', 'c']) answers.push(await api.manage('POST', id, text));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await answers[0]?.text()).toBe('');
    expect([await client.receive(), await client.receive(), await client.receive()]).toEqual(['grüße', '', 'c']);
  });

  it.each([
    ['nothing', (id: string) => `@connections/${id}`],
    ['all', (id: string) => encodeURIComponent('@') + `connections/${encodeURIComponent(id)}`],
  ])('takes a path of which %s is URL-encoded', async (_what, nameConnection) => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();

    const url = `http://127.0.0.1:${api.port}/_aws/execute-api/abc123/prod/${nameConnection(id)}`;
    const { status } = await fetch(url, { method: 'POST', body: 'text' });

    expect(status).toBe(200);
    expect(await client.receive()).toBe('text');
  });

  it('takes a body in parts', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();
    const path = `/_aws/execute-api/abc123/prod/@connections/${encodeURIComponent(id)}`;

    const req = request({ port: api.port, method: 'POST', path });
    for (const part of ['a', 'b', 'c']) {
      req.write(part);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    req.end();
    await once(req, 'response');

    expect(await client.receive()).toBe('abc');
    req.destroy();
  });

  it('sends 128 KB, in frames of no more than 32 KB', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();
    const text = 'ü'.repeat(LIMIT_BYTES / 2);

    const { status } = await api.manage('POST', id, text);

    expect(status).toBe(200);
    expect(await client.receive()).toBe(text);
  });

  it('refuses more', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();

    const { status, headers } = await api.manage('POST', id, 'a'.repeat(LIMIT_BYTES + 1));
    await api.manage('POST', id, 'next');

    expect(status).toBe(413);
    expect(headers.get('x-amzn-errortype')).toBe('PayloadTooLargeException');
    expect(await client.receive()).toBe('next');
  });
});

describe('GET', () => {
  it('tells of the client and the times', async () => {
    await using api = await startWebSocketApi();
    const { id } = await api.connect('', [], { headers: { 'User-Agent': 'test/1' } });

    const answer = await api.manage('GET', id);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      connectedAt: TIME,
      identity: { sourceIp: '127.0.0.1', userAgent: 'test/1' },
      lastActiveAt: TIME,
    });
  });
});

describe('DELETE', () => {
  it('closes the connection', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();

    const { status } = await api.manage('DELETE', id);

    expect(status).toBe(204);
    expect(await client.closed).toMatchObject({ code: 1000 });
  });
});

describe.each(['POST', 'GET', 'DELETE'] as const)('%s', (method) => {
  const body = method === 'POST' ? 'text' : undefined;

  it('is 410 for a connection that has closed', async () => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();
    client.socket.close();
    await vi.waitFor(() => expect(api.events).toHaveLength(2));

    const { status, headers } = await api.manage(method, id, body);

    expect(status).toBe(410);
    expect(headers.get('x-amzn-errortype')).toBe('GoneException');
  });

  it('is 410 for a connection that is closing', async () => {
    await using api = await startWebSocketApi();
    const { id } = await api.connectRaw();

    const { status: deleted } = await api.manage('DELETE', id);
    const { status } = await api.manage(method, id, body);

    expect(deleted).toBe(204);
    expect(status).toBe(410);
  });

  it.each(['L0SM9cOFvHcCIhw=', '%', 'a/b'])('is 410 for "%s", which never was one', async (id) => {
    await using api = await startWebSocketApi();

    expect((await api.manage(method, id, body)).status).toBe(410);
  });

  it('is 410 after a restart', async () => {
    let id = '';
    {
      await using api = await startWebSocketApi();
      ({ id } = await api.connect());
    }
    await using api = await startWebSocketApi();

    expect((await api.manage(method, id, body)).status).toBe(410);
  });
});

it('leaves other methods to others', async () => {
  await using api = await startWebSocketApi();

  const url = `http://127.0.0.1:${api.port}/_aws/execute-api/abc123/prod/@connections/a`;

  expect((await fetch(url, { method: 'PUT', body: 'text' })).status).toBe(404);
});

it('leaves the paths of other stages to others', async () => {
  await using api = await startWebSocketApi();

  const url = `http://127.0.0.1:${api.port}/_aws/execute-api/abc123/other/@connections/a`;

  expect((await fetch(url, { method: 'POST', body: 'text' })).status).toBe(404);
});
