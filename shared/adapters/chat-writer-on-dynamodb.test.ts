/** The chat's promises on a real local DynamoDB, across a proxy that drops answers and delivers requests again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fanOutChat } from '../../functions/fan-out/fan-out-chat.ts';
import { checkChat, listMessages, type Outcome } from '../../tests/support/chat-checks.ts';
import { CHAT_TABLE, type ChatDatabase, connectTo, startChatDatabase } from '../../tests/support/chat-database.ts';
import { startFaultyProxy, type Treatment } from '../../tests/support/faulty-proxy.ts';
import { firstSeq } from '../domain/chat-head.ts';
import { ChatWriter } from '../domain/chat-writer.ts';
import { NO_LIVE_FEED } from '../domain/live-events.ts';
import { DynamoDbChatStore } from './dynamodb-chat-store.ts';

let database: ChatDatabase;
beforeAll(async () => {
  database = await startChatDatabase();
});
afterAll(() => database.stop());

/** A small generator (mulberry32), so that a failing seed can be played again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function treatAtRandom(random: () => number): Treatment {
  const die = random();
  if (die < 0.04) return 'drop-answer';
  if (die < 0.06) return 'drop-request';
  if (die < 0.09) return { again: Math.floor(random() * 80) };
  if (die < 0.11) return { late: Math.floor(random() * 80) };
  return 'pass';
}

describe.each([1, 2, 3])('four environments, two hundred sends, seed %i', (seed) => {
  test('no message is lost, doubled or misnumbered', async () => {
    const chatId = `chat-${seed}`;
    const random = createRandom(seed);
    const proxy = await startFaultyProxy(database.endpoint, () => treatAtRandom(random));
    const store = new DynamoDbChatStore(connectTo(proxy.url, { maxAttempts: 2, timeoutMs: 1_000 }), CHAT_TABLE, {
      opensChats: true,
    });
    const signals: number[] = [];
    const activity = { signal: async (_: string, rest: number) => void signals.push(rest) };
    const room = { chunks: 4, bytes: 16_384, senders: 8 };
    const writers = Array.from({ length: 4 }, () => new ChatWriter(chatId, { store, activity, room }));

    const outcomes: Outcome[] = [];
    const send = async (client: number, index: number): Promise<void> => {
      const key = random() < 0.3 ? `key-${Math.floor(random() * 20)}` : undefined;
      const sender = key === undefined ? `sender ${Math.floor(random() * 20)}` : 'keyed';
      const text = key === undefined ? `client ${client} message ${index}` : `text of ${key}`;
      const outcome: Outcome = { sender, text, key };
      outcomes.push(outcome);
      const writer = writers[Math.floor(random() * writers.length)]!;
      try {
        outcome.sent = await writer.send({ sender, text, ...(key !== undefined && { keyHash: `${chatId} ${key}` }) });
      } catch (error) {
        outcome.error = error;
      }
    };
    const clients = Array.from({ length: 10 }, async (_, client) => {
      for (let index = 0; index < 20; index++) await send(client, index);
    });
    const consumer = (async () => {
      for (let turn = 0; turn < 20; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        for (const rest of signals.splice(0))
          await fanOutChat({ store, live: NO_LIVE_FEED }, chatId, rest).catch(() => signals.push(rest));
      }
    })();
    await Promise.all([...clients, consumer]);
    await proxy.stop();

    const direct = new DynamoDbChatStore(connectTo(database.endpoint), CHAT_TABLE, { opensChats: true });
    const head = await direct.readHead(chatId);
    checkChat(head, listMessages(head, await direct.readRuns(chatId, 1, firstSeq(head) - 1)), outcomes);
    expect(outcomes.filter(({ sent }) => sent !== undefined).length).toBeGreaterThan(150);
    expect(head.epoch).toBeGreaterThan(5);
  });
});
