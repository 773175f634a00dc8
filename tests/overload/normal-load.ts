/** A load that an engine serves without any trouble, sent before and after one that it cannot serve. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';

const MESSAGES = 1_000;
const CONNECTIONS = 32;
const SENDERS = 20;

/** @returns how many messages were answered with each status, and how many a second */
export async function sendNormalLoad(url: string): Promise<{ statuses: Record<string, number>; perSecond: number }> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const run = randomUUID();
  const statuses: Record<string, number> = {};
  let next = 0;
  const sendAll = async (): Promise<void> => {
    for (let index = next++; index < MESSAGES; index = next++) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/send_message/',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sender: `normal ${index % SENDERS}`, text: `normal ${run} ${index}` }),
      });
      await body.dump();
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));
  const perSecond = Math.round((MESSAGES * 1000) / (performance.now() - startedAt));
  await pool.close();
  return { statuses, perSecond };
}

/** What sendNormalLoad answers when nothing is wrong. */
export const ALL_ANSWERED = { 200: MESSAGES };
