/** A store that takes seconds for each request. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL_ANSWERED, sendNormalLoad } from './normal-load.ts';
import { readPeakMemoryMb, readStoredMessages } from './overloaded-engine.ts';
import { countStatuses, formatSend, openConnections, readAnswer } from './raw-connections.ts';
import { SlowStoreEngine } from './slow-store-engine.ts';

let engine: SlowStoreEngine;
beforeAll(async () => {
  engine = await SlowStoreEngine.start();
});
afterAll(() => engine.discard());

test.each([1_000, 5_000])(
  'while each request to the stores takes %d ms, sends get their answer or a 503 or 429, and then it is as before',
  async (delayMs) => {
    const before = await sendNormalLoad(engine.apiUrl);
    engine.delayMs = delayMs;
    const connections = await openConnections(engine.apiUrl, 2_000);
    const answers = await Promise.all(
      connections.map((socket, index) => {
        socket.write(formatSend(`sender ${index % 50}`, `slow ${delayMs} ${index}`));
        return readAnswer(socket);
      }),
    );
    engine.delayMs = 0;
    const statuses = countStatuses(answers);
    const after = await sendNormalLoad(engine.apiUrl);
    const peakMb = readPeakMemoryMb(engine.processId);
    console.log(`${JSON.stringify(statuses)}, ${peakMb} MB, ${before.perSecond}/s before, ${after.perSecond}/s after`);
    expect(['200', '429', '503']).toEqual(expect.arrayContaining(Object.keys(statuses)));
    expect((statuses['429'] ?? 0) + (statuses['503'] ?? 0)).toBeGreaterThan(0);
    expect(after.statuses).toEqual(ALL_ANSWERED);
    expect(peakMb).toBeLessThan(600);

    const { messages } = await readStoredMessages(engine.awsEndpoint);
    const acknowledged = answers.flatMap(({ status, body }, index) =>
      status === 200 ? [[JSON.parse(body).Message_sent[0], `slow ${delayMs} ${index}`]] : [],
    );
    expect(acknowledged.map(([id]) => [id, messages[id - 1]?.text])).toEqual(acknowledged);
  },
);
