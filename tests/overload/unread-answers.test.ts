/** Clients that send and send and never read an answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineProcess } from '../support/engine-process.ts';
import { ALL_ANSWERED, sendNormalLoad } from './normal-load.ts';
import { readPeakMemoryMb, readStoredMessages } from './overloaded-engine.ts';
import { openConnections } from './raw-connections.ts';

const CONNECTIONS = 30;
const REQUESTS = 1_000;

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start();
});
afterAll(() => engine.discard());

/** Kept alive; the answer to it has the last ten messages, all as long. */
function formatLongSend(connection: number, index: number): string {
  const text = `unread ${connection} ${index} `.padEnd(4_000, 'a');
  const body = JSON.stringify({ sender: `unread ${connection}`, text });
  return `POST /send_message/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

test('answers that are not read take a bounded amount of memory, and others are served', async () => {
  const { apiUrls, awsEndpoint } = engine.describe();
  const url = apiUrls[0]!;
  const connections = await openConnections(url, CONNECTIONS);
  for (const [connection, socket] of connections.entries()) {
    socket.pause();
    for (let index = 0; index < REQUESTS; index++) socket.write(formatLongSend(connection, index));
  }
  const beside = await sendNormalLoad(url);
  const sending = connections.filter(({ closed }) => !closed).length;
  const peakMb = readPeakMemoryMb(engine.processId);
  for (const socket of connections) socket.destroy();
  const after = await sendNormalLoad(url);
  const { messages } = await readStoredMessages(awsEndpoint);
  const unread = messages.filter(({ text }) => text.startsWith('unread')).length;
  console.log(
    `${unread} unread answers, ${sending} connections open, ${peakMb} MB, ${beside.perSecond}/s beside, ${after.perSecond}/s after`,
  );
  expect(beside.statuses).toEqual(ALL_ANSWERED);
  expect(after.statuses).toEqual(ALL_ANSWERED);
  expect(unread).toBeLessThan(CONNECTIONS * REQUESTS);
  expect(peakMb).toBeLessThan(1_100);
});
