/** A load sends each message once, over as many connections as asked for, and counts how every request ended. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SendMessageRequest, sendMessageRequest } from '../../shared/contract/open-stream.ts';
import { AnswerFile } from '../answers/answer-file.ts';
import { listenLocally, type LocalServer } from '../../tests/support/local-server.ts';
import type { LoadOptions } from './load-options.ts';
import { Load } from './load.ts';
import { Tally } from './tally.ts';

const CREATED_AT = '2025-11-20T15:56:32.123Z';

let folder: string;
const servers: LocalServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(folder, { recursive: true });
});

async function serve(listener: RequestListener): Promise<URL> {
  const server = await listenLocally(createServer(listener));
  servers.push(server);
  return new URL(server.url);
}

/** Answers as if each message were the first of an empty stream. */
async function answerFirst(request: IncomingMessage, response: ServerResponse): Promise<SendMessageRequest> {
  const message = sendMessageRequest.parse(await json(request));
  const { sender, text } = message;
  response.end(JSON.stringify({ 0: [1, sender, text, CREATED_AT, 1], Message_sent: [1] }));
  return message;
}

function optionsFor(urls: URL[], options: Partial<LoadOptions>): LoadOptions {
  const responses = join(folder, 'responses.json');
  return {
    urls,
    messages: 10,
    connections: 2,
    senders: 3,
    textLength: 64,
    keys: false,
    responses,
    timeoutMs: 10_000,
    ...options,
  };
}

async function runLoad(urls: URL[], overrides: Partial<LoadOptions> = {}): Promise<{ tally: Tally; saved: unknown }> {
  const options = optionsFor(urls, overrides);
  const file = await AnswerFile.create(options.responses);
  const tally = new Tally();
  await new Load(options, file, tally).run(() => {});
  await file.close();
  return { tally, saved: JSON.parse(await readFile(options.responses, 'utf8')) };
}

async function runInterruptedLoad(
  listener: (load: Load, request: IncomingMessage, response: ServerResponse) => void,
): Promise<Tally> {
  const tally = new Tally();
  const url = await serve((request, response) => listener(load, request, response));
  const options = optionsFor([url], { messages: 100, connections: 2 });
  const file = await AnswerFile.create(options.responses);
  const load = new Load(options, file, tally);
  await load.run(() => {});
  await file.close();
  return tally;
}

describe('what is sent', () => {
  test('each message goes out once, from the senders in turn, and its answer is saved', async () => {
    const messages: SendMessageRequest[] = [];
    const heads = new Set<string>();
    const url = await serve((request, response) => {
      heads.add(`${request.method} ${request.url} ${request.headers['content-type']}`);
      void answerFirst(request, response).then((message) => messages.push(message));
    });
    const { tally, saved } = await runLoad([new URL('/prod', url)], { messages: 10 });
    expect(tally.right).toBe(10);
    expect([...heads]).toEqual(['POST /prod/send_message/ application/json']);
    expect(new Set(messages.map(({ text }) => text)).size).toBe(10);
    expect(messages.map(({ sender }) => sender).filter((sender) => sender === 'sender-1')).toHaveLength(4);
    expect(messages.every(({ text }) => text.length === 64)).toBe(true);
    expect(saved).toHaveLength(10);
  });

  test('with keys, each request has one of its own', async () => {
    const keys: unknown[] = [];
    const url = await serve((request, response) => {
      keys.push(request.headers['idempotency-key']);
      void answerFirst(request, response);
    });
    await runLoad([url], { keys: true });
    expect(new Set(keys).size).toBe(10);
    expect(keys).not.toContain(undefined);
  });
});

describe('connections', () => {
  test('with as many as messages, all requests are under way at once, each on its own', async () => {
    const held: (() => void)[] = [];
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      held.push(() => void answerFirst(request, response));
      if (held.length === 50) for (const release of held) release();
    });
    const { tally } = await runLoad([url], { messages: 50, connections: 50 });
    expect(tally.right).toBe(50);
    expect(ports.size).toBe(50);
  });

  test('with fewer, they are used again', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      void answerFirst(request, response);
    });
    await runLoad([url], { messages: 30, connections: 3 });
    expect(ports.size).toBe(3);
  });

  test('two URLs get half of the messages each, though one of them refuses at once', async () => {
    const closed = await listenLocally(createServer());
    await closed.close();
    const url = await serve((request, response) => void answerFirst(request, response));
    const { tally, saved } = await runLoad([url, new URL(closed.url)], { messages: 20, connections: 4 });
    expect(tally.right).toBe(10);
    expect(tally.failures).toEqual([
      { kind: 'ECONNREFUSED', count: 10, first: expect.stringContaining('ECONNREFUSED') },
    ]);
    expect(saved).toHaveLength(10);
  });
});

describe('errors', () => {
  test.each<[string, string, string, RequestListener]>([
    [
      'another status',
      'HTTP 503',
      '{"detail":"busy"}',
      (_, response) => response.writeHead(503).end('{"detail":"busy"}'),
    ],
    ['a reset', 'ECONNRESET', 'ECONNRESET', ({ socket }) => socket.resetAndDestroy()],
    ['a connection closed without an answer', 'connection closed', 'closed', ({ socket }) => socket.end()],
    ['an answer that is not JSON', 'wrong answer', 'not JSON', (_, response) => response.end('hello')],
    [
      'the answer to another message',
      'wrong answer',
      'its last row is not the message that was sent',
      (_, response) => response.end(`{"0":[1,"eve","other","${CREATED_AT}",1],"Message_sent":[1]}`),
    ],
    [
      'an answer that contradicts itself',
      'wrong answer',
      'Message_sent is 2, but the last row has id 1',
      (_, response) => response.end(`{"0":[1,"eve","other","${CREATED_AT}",1],"Message_sent":[2]}`),
    ],
  ])('%s is counted under its kind', async (_, kind, first, listener) => {
    const { tally } = await runLoad([await serve(listener)], { messages: 3, connections: 1 });
    expect(tally.right).toBe(0);
    expect(tally.failures).toEqual([{ kind, count: 3, first: expect.stringContaining(first) }]);
  });

  test('an answer that does not come in time is counted as a timeout', async () => {
    const url = await serve(() => {});
    const { tally } = await runLoad([url], { messages: 1, timeoutMs: 100 });
    expect(tally.failures.map(({ kind }) => kind)).toEqual(['timeout']);
  });
});

describe('an interrupted load', () => {
  test('waits for the answers under way and sends no more', async () => {
    const held: (() => void)[] = [];
    const tally = await runInterruptedLoad((load, request, response) => {
      held.push(() => void answerFirst(request, response));
      if (held.length < 2) return;
      load.stop();
      for (const release of held) release();
    });
    expect(tally.right).toBe(2);
    expect(tally.failed).toBe(0);
  });

  test('does not wait when it is aborted', async () => {
    let requests = 0;
    const tally = await runInterruptedLoad((load) => {
      if (++requests === 2) void load.abort();
    });
    expect(tally.failures.map(({ kind, count }) => ({ kind, count }))).toEqual([{ kind: 'interrupted', count: 2 }]);
  });
});
