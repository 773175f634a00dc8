/** Clients that never come to an end with their requests. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineProcess } from '../support/engine-process.ts';
import { ALL_ANSWERED, sendNormalLoad } from './normal-load.ts';
import { readPeakMemoryMb } from './overloaded-engine.ts';
import { countStatuses, openConnections, readAnswer, type RawAnswer } from './raw-connections.ts';

const MEGABYTE = 1024 * 1024;

let engine: EngineProcess;
let url: string;
beforeAll(async () => {
  engine = await EngineProcess.start();
  url = engine.describe().apiUrls[0]!;
});
afterAll(() => engine.discard());

function formatHead(framing: string): string {
  const head = ['POST /send_message/ HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: application/json', framing];
  return `${head.join('\r\n')}\r\n\r\n`;
}

/** Has each of many connections do something without end, and reads what it gets until the engine closes it. */
async function misuse(count: number, send: (socket: Socket) => unknown): Promise<RawAnswer[]> {
  const connections = await openConnections(url, count);
  return Promise.all(
    connections.map((socket) => {
      void send(socket);
      return readAnswer(socket);
    }),
  );
}

/** Writes as fast as the engine reads. */
function flood(socket: Socket, piece: Buffer): void {
  if (socket.destroyed) return;
  while (socket.write(piece));
  socket.once('drain', () => flood(socket, piece));
}

function makeChunks(lengthBytes: number, count: number): Buffer {
  return Buffer.from(`${lengthBytes.toString(16)}\r\n${'a'.repeat(lengthBytes)}\r\n`.repeat(count));
}

test('a body in chunks of one byte takes little more memory than another', async () => {
  const beforeMb = readPeakMemoryMb(engine.processId);
  const tiny = makeChunks(1, 500_000);
  const answers = await misuse(4, (socket) => {
    socket.write(formatHead('Transfer-Encoding: chunked\r\nConnection: close'));
    socket.write(tiny);
    socket.write('0\r\n\r\n');
  });
  const moreMb = readPeakMemoryMb(engine.processId) - beforeMb;
  console.log(`${moreMb} MB for 2 MB in 2,000,000 chunks`);
  expect(countStatuses(answers)).toEqual({ 422: 4 });
  expect(moreMb).toBeLessThan(200);
});

test('a body without end is refused with 413 or 429 as soon as it is too much, and the connection closed', async () => {
  const large = makeChunks(64 * 1024, 1);
  const answers = await misuse(50, (socket) => {
    socket.write(formatHead('Transfer-Encoding: chunked'));
    flood(socket, large);
  });
  const statuses = countStatuses(answers);
  console.log(JSON.stringify(statuses));
  expect(['413', '429']).toEqual(expect.arrayContaining(Object.keys(statuses)));
});

test('requests that do not go on get 408, while the messages of others are taken', async () => {
  const stalledBodies = misuse(100, (socket) =>
    socket.write(formatHead(`Content-Length: ${9 * MEGABYTE}`) + 'a'.repeat(MEGABYTE)),
  );
  const slowHeaders = misuse(500, async (socket) => {
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    for (let line = 0; !socket.destroyed; line++) {
      socket.write(`X-Line-${line}: a\r\n`);
      await sleep(1_000);
    }
  });
  const others = await sendNormalLoad(url);
  const bodies = countStatuses(await stalledBodies);
  console.log(`${others.perSecond}/s beside them, ${JSON.stringify(bodies)}`);
  expect(others.statuses).toEqual(ALL_ANSWERED);
  expect(countStatuses(await slowHeaders)).toEqual({ 408: 500 });
  // What is beyond the 64 MB that the engine holds is refused; the rest waits for the time limit.
  expect(Object.keys(bodies)).toEqual(['408', '429']);
});

test('all this took a bounded amount of memory, and the engine serves as before', async () => {
  const peakMb = readPeakMemoryMb(engine.processId);
  console.log(`${peakMb} MB`);
  expect(peakMb).toBeLessThan(800);
  expect((await sendNormalLoad(url)).statuses).toEqual(ALL_ANSWERED);
});
