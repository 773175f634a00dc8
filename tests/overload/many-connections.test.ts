/** More clients at once than an engine can serve at once. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { EngineProcess, type EngineProcessOptions } from '../support/engine-process.ts';
import { TinyApp } from '../support/tiny-app.ts';
import { ALL_ANSWERED, sendNormalLoad } from './normal-load.ts';
import { readPeakMemoryMb, readStoredMessages } from './overloaded-engine.ts';
import { countStatuses, formatRequest, formatSend, openConnections, readAnswer } from './raw-connections.ts';

const started: { discard(): unknown }[] = [];
afterEach(async () => {
  for (const each of started.splice(0).toReversed()) await each.discard();
});

async function start(options: EngineProcessOptions = {}): Promise<EngineProcess> {
  const engine = await EngineProcess.start(options);
  started.push(engine);
  return engine;
}

test('10,000 connections that send at once are all answered, and what is acknowledged is stored once', async () => {
  const engine = await start();
  const { apiUrls, awsEndpoint } = engine.describe();
  const url = apiUrls[0]!;
  const before = await sendNormalLoad(url);

  const connections = await openConnections(url, 10_000);
  const answers = await Promise.all(
    connections.map((socket, index) => {
      socket.write(formatSend(`sender ${index % 50}`, `burst ${index}`));
      return readAnswer(socket);
    }),
  );

  const statuses = countStatuses(answers);
  const after = await sendNormalLoad(url);
  const peakMb = readPeakMemoryMb(engine.processId);
  console.log(`${JSON.stringify(statuses)}, ${peakMb} MB, ${before.perSecond}/s before, ${after.perSecond}/s after`);
  expect(['200', '429', '503']).toEqual(expect.arrayContaining(Object.keys(statuses)));
  expect(after.statuses).toEqual(ALL_ANSWERED);
  expect(peakMb).toBeLessThan(1_200);
  const { messages } = await readStoredMessages(awsEndpoint);
  const acknowledged = answers.flatMap(({ status, body }, index) =>
    status === 200 ? [[JSON.parse(body).Message_sent[0], `burst ${index}`]] : [],
  );
  expect(acknowledged.map(([id]) => [id, messages[id - 1]?.text])).toEqual(acknowledged);
});

/** Takes two seconds for each request. */
const SLOW_FUNCTION = `
export const handler = async () => {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return { statusCode: 200, body: 'done' };
};
`;

test('beyond 10,000 waiting requests, and 20 s of waiting, clients are told to come back later', async () => {
  const app = new TinyApp();
  started.push(app);
  writeFileSync(path.join(app.folder, 'source/index.mjs'), SLOW_FUNCTION);
  const engine = await start({ appFolder: app.folder });
  const url = engine.describe().apiUrls[0]!;

  const connections = await openConnections(url, 10_500);
  let refusedAtOnce = 0;
  const sentAt = performance.now();
  const answers = await Promise.all(
    connections.map(async (socket) => {
      socket.write(formatRequest('GET', '/'));
      const answer = await readAnswer(socket);
      if (answer.status === 429 && performance.now() - sentAt < 20_000) refusedAtOnce++;
      return answer;
    }),
  );

  const statuses = countStatuses(answers);
  const peakMb = readPeakMemoryMb(engine.processId);
  console.log(`${JSON.stringify(statuses)}, ${refusedAtOnce} at once, ${peakMb} MB`);
  expect(Object.keys(statuses)).toEqual(['200', '429']);
  expect(refusedAtOnce).toBeGreaterThan(0);
  expect(statuses['429']).toBeGreaterThan(9_000);
  expect(peakMb).toBeLessThan(1_200);
  const later = await Promise.all(
    (await openConnections(url, 64)).map((socket) => {
      socket.write(formatRequest('GET', '/'));
      return readAnswer(socket);
    }),
  );
  expect(countStatuses(later)).toEqual({ 200: 64 });
});
