/** The limits of frames, messages, times and clients that do not read. */
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { startWebSocketApi } from './testing/test-websocket-api.ts';
import type { RunningWebSocketApi, TestClient } from './testing/test-websocket-api.ts';

const FRAME = 'a'.repeat(32 * 1024);

function sendInFrames({ socket }: TestClient, frames: readonly string[]): void {
  for (const [index, frame] of frames.entries()) socket.send(frame, { fin: index === frames.length - 1 });
}

describe('sizes', () => {
  it('lets a message of 128 KB in frames of 32 KB through', async () => {
    await using api = await startWebSocketApi();
    const { client } = await api.connect();

    sendInFrames(client, [FRAME, FRAME, FRAME, FRAME]);

    await vi.waitFor(() => expect(api.events).toHaveLength(2));
    expect(api.events[1]?.body?.length).toBe(4 * FRAME.length);
  });

  it('counts each message on its own', async () => {
    await using api = await startWebSocketApi();
    const { client } = await api.connect();

    for (let count = 0; count < 5; count++) client.socket.send(FRAME);

    await vi.waitFor(() => expect(api.events).toHaveLength(6));
  });

  it.each([
    ['a frame over 32 KB', [`${FRAME}a`]],
    ['a later frame over 32 KB', ['a', `${FRAME}a`]],
    ['a message over 128 KB', [FRAME, FRAME, FRAME, FRAME, 'a']],
  ])('closes with 1009 at %s', async (_what, frames) => {
    await using api = await startWebSocketApi();
    const { client } = await api.connect();

    sendInFrames(client, frames);

    expect(await client.closed).toMatchObject({ code: 1009 });
    await vi.waitFor(() => expect(api.events).toHaveLength(2));
    expect(api.events[1]?.requestContext.eventType).toBe('DISCONNECT');
  });

  it('closes with 1003 at a binary frame, whose bytes no function gets', async () => {
    await using api = await startWebSocketApi();
    const { client } = await api.connect();

    client.socket.send(Buffer.from('binary'));
    client.socket.send('late');

    expect(await client.closed).toMatchObject({ code: 1003 });
    await vi.waitFor(() => expect(api.events).toHaveLength(2));
    expect(api.events[1]?.requestContext.eventType).toBe('DISCONNECT');
  });

  it('closes with 1007 at a text that is not UTF-8', async () => {
    await using api = await startWebSocketApi();
    const { client } = await api.connect();

    client.socket.send(Buffer.from([0xc0]), { binary: false });

    expect(await client.closed).toMatchObject({ code: 1007 });
    await vi.waitFor(() => expect(api.events[1]?.requestContext.disconnectStatusCode).toBe(1007));
  });
});

it('does not count what clients have begun that are gone', { timeout: 30_000 }, async () => {
  await using api = await startWebSocketApi();
  // More than 64 MB in all.
  const count = 600;
  for (let index = 0; index < count; index++) {
    const { client } = await api.connect();
    for (const frame of [FRAME, FRAME, FRAME, FRAME]) client.socket.send(frame, { fin: false });
    client.socket.close();
    await client.closed;
  }
  await vi.waitFor(() => expect(api.events).toHaveLength(2 * count));
  const { client } = await api.connect();

  sendInFrames(client, [FRAME, FRAME]);

  await vi.waitFor(() => expect(api.events.at(-1)?.body?.length).toBe(2 * FRAME.length));
});

describe('times', () => {
  it('closes with 1001 when nothing is sent', async () => {
    await using api = await startWebSocketApi(undefined, undefined, { idleMs: 1 });
    const { client } = await api.connect();

    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it.each([
    ['the client sends', ({ socket }: TestClient) => socket.send('text')],
    ['the client pings', ({ socket }: TestClient) => socket.ping()],
    [
      'the backend sends',
      (_client: TestClient, api: RunningWebSocketApi, id: string) => api.manage('POST', id, 'text'),
    ],
  ])('counts from when %s', async (_what, act) => {
    await using api = await startWebSocketApi();
    const { client, id } = await api.connect();
    const connection = api.api.findConnection(id);
    const before = connection?.lastActiveAtEpochMs ?? 0;
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(before));

    await act(client, api, id);

    await vi.waitFor(() => expect(connection?.lastActiveAtEpochMs).toBeGreaterThan(before));
  });

  it('closes with 1001 after the lifetime, whatever is sent', async () => {
    await using api = await startWebSocketApi(undefined, undefined, { lifetimeMs: 1 });
    const { client } = await api.connect();
    const sending = setInterval(() => client.socket.send('text'), 10);

    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    clearInterval(sending);
  });

  it('cuts off a client that does not close when it is asked to', { timeout: 15_000 }, async () => {
    await using api = await startWebSocketApi();
    const { socket, id } = await api.connectRaw();

    await api.manage('DELETE', id);

    await once(socket, 'close');
    await vi.waitFor(() => expect(api.events[1]?.requestContext.disconnectStatusCode).toBe(1000));
  });
});

describe('a client that does not read', () => {
  it('is cut off and holds up nobody', { timeout: 30_000 }, async () => {
    await using api = await startWebSocketApi();
    const { socket, id } = await api.connectRaw();
    socket.pause();
    const { client, id: readingId } = await api.connect();
    const text = 'a'.repeat(128 * 1024);

    const statuses: number[] = [];
    // What the system's own buffers hold is some megabytes.
    while (statuses.at(-1) !== 410 && statuses.length < 500) statuses.push((await api.manage('POST', id, text)).status);
    const { status } = await api.manage('POST', readingId, 'text');

    expect(statuses.at(-1)).toBe(410);
    expect(status).toBe(200);
    expect(await client.receive()).toBe('text');
    await vi.waitFor(() => expect(api.events.at(-1)?.requestContext).toMatchObject({ eventType: 'DISCONNECT' }));
    expect(api.events.at(-1)?.requestContext.connectionId).toBe(id);
  });
});
