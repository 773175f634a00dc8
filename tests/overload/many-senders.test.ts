/** More senders than a chat's head can count. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeployedStack } from '../support/deployed-stack.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { lastRowOf, sendMessage } from '../support/open-stream-client.ts';
import { readPeakMemoryMb, readStoredMessages } from './overloaded-engine.ts';

const SENDERS = 100_000;
const CONNECTIONS = 128;
/** DynamoDB's limit is 400 KB. */
const HEAD_LIMIT_BYTES = 100 * 1024;

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start();
});
afterAll(() => engine.discard());

test('100,000 senders leave the head small, and one who comes back is counted on', async () => {
  const { apiUrls, awsEndpoint } = engine.describe();
  const url = apiUrls[0]!;
  const pool = new Pool(url, { connections: CONNECTIONS });
  let next = 0;
  const wrong: string[] = [];
  const sendAll = async (): Promise<void> => {
    for (let index = next++; index < SENDERS; index = next++) {
      const sender = `sender ${index}`;
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/send_message/',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sender, text: `from ${index}` }),
      });
      const text = await body.text();
      const row = statusCode === 200 ? lastRowOf(JSON.parse(text)) : undefined;
      if (row?.[1] !== sender || row[2] !== `from ${index}` || row[4] !== 1)
        wrong.push(`${index}: ${statusCode} ${text}`);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));
  const perSecond = Math.round((SENDERS * 1000) / (performance.now() - startedAt));
  await pool.close();
  expect(wrong).toEqual([]);

  for (const index of [0, 1, 50_000, SENDERS - 1])
    expect(lastRowOf(await sendMessage(url, `sender ${index}`, `again ${index}`))[4]).toBe(2);

  const peakMb = readPeakMemoryMb(engine.processId);
  const stack = new DeployedStack(awsEndpoint);
  const { Item: head } = await stack.dynamoDb.send(
    new GetItemCommand({
      TableName: await stack.findChatTable(),
      Key: { pk: { S: 'chat#open-stream' }, sk: { S: 'head' } },
    }),
  );
  const headBytes = JSON.stringify(head).length;
  const { messages } = await readStoredMessages(awsEndpoint);
  console.log(`${perSecond}/s, the head has ${headBytes} bytes, ${peakMb} MB`);
  expect(messages.length).toBe(SENDERS + 4);
  expect(headBytes).toBeLessThan(HEAD_LIMIT_BYTES);
  expect(peakMb).toBeLessThan(800);
});
