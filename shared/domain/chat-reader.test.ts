/** What readers of a chat see: history and head, under their edits, whether or not from the cache. */
import { beforeEach, describe, expect, test } from 'vitest';
import { connect, FaultyNetwork } from '../../tests/support/faulty-network.ts';
import { SimulatedChatStore } from '../../tests/support/simulated-chat-store.ts';
import { firstSeq } from './chat-head.ts';
import { ChatReader } from './chat-reader.ts';
import type { ChatStore } from './chat-store.ts';
import { makeChunk } from './chunk.ts';
import { makeRoom } from './make-room.ts';
import type { MessageCache } from './message-cache.ts';

const CHAT = 'chat';

/** A cache that tells what was asked of it. */
class RecordingCache implements MessageCache {
  readonly entries = new Map<string, string>();
  readonly asked: string[] = [];

  async get(key: string): Promise<string | undefined> {
    this.asked.push(key);
    return this.entries.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.entries.set(key, value);
  }
}

let simulated: SimulatedChatStore;
let store: ChatStore;

/** A chat of messages `m1`, `m2`, ... in writes of seven, of which all but the last ten or so are archived. */
async function fill(messages: number): Promise<void> {
  for (let seq = 1; seq <= messages; seq += 7) {
    const batch = Array.from({ length: Math.min(7, messages - seq + 1) }, (_, index) => `m${seq + index}`);
    const chunk = makeChunk(
      `batch ${seq}`,
      seq,
      batch.map((text) => ({ sender: 'ann', text })),
    );
    simulated.append(CHAT, simulated.head, chunk, new Map());
  }
  await makeRoom(store, CHAT, simulated.head, { chunks: 0, bytes: 0, senders: 0 });
}

beforeEach(() => {
  simulated = new SimulatedChatStore();
  simulated.createChat(CHAT, { kind: 'group', name: '', createdAt: 0, owner: 'ann', members: ['ann'] });
  const network = new FaultyNetwork({ yield: async () => {}, nextFault: () => undefined });
  store = connect(network, 'environment', { store: simulated, signals: [] }, () => {}).store;
});

async function read(reader: ChatReader, from: number, to: number): Promise<string[]> {
  const messages = await reader.read(CHAT, simulated.head, from, to);
  for (const [index, { seq }] of messages.entries()) expect(seq).toBe(from + index);
  return messages.map(({ text }) => text);
}
const textsOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);

describe.each([
  ['without a cache', () => undefined],
  ['with a cache', () => new RecordingCache()],
])('%s', (_, newCache) => {
  test('any range is read, over history and head, first and again', async () => {
    await fill(450);
    const reader = new ChatReader(store, newCache());
    for (const [from, to] of [
      [1, 450],
      [1, 1],
      [100, 101],
      [95, 305],
      [430, 450],
      [449, 450],
    ] as const)
      for (let time = 0; time < 2; time++) expect(await read(reader, from, to)).toEqual(textsOf(from, to));
    expect(await read(reader, 5, 4)).toEqual([]);
  });

  test('edits and deletes show at once, wherever the message is', async () => {
    await fill(250);
    const reader = new ChatReader(store, newCache());
    await read(reader, 1, 250);
    for (const seq of [3, 150, 250]) {
      simulated.putEdit(CHAT, { seq, revision: 1, chatRevision: 1, text: `edited ${seq}`, at: 7 });
      simulated.addRevision(CHAT, simulated.head);
      expect(await read(reader, seq, seq)).toEqual([`edited ${seq}`]);
    }
    simulated.putEdit(CHAT, { seq: 3, revision: 2, chatRevision: 2, text: undefined, at: 8 });
    simulated.addRevision(CHAT, simulated.head);
    expect(await reader.read(CHAT, simulated.head, 3, 3)).toEqual([
      { seq: 3, sender: 'ann', text: '', createdAt: 1, deletedAt: 8 },
    ]);
  });
});

test('whole blocks of the history are cached, under the revision; what may still change is not', async () => {
  await fill(250);
  const cache = new RecordingCache();
  const reader = new ChatReader(store, cache);
  await read(reader, 50, 250);
  expect([...cache.entries.keys()]).toEqual(['chat/1-100/0', 'chat/101-200/0']);
  expect(firstSeq(simulated.head)).toBeLessThan(250);
  simulated.addRevision(CHAT, simulated.head);
  await read(reader, 1, 10);
  expect(cache.asked.at(-1)).toBe('chat/1-100/1');
});

test('what the cache holds is not read again', async () => {
  await fill(250);
  const cache = new RecordingCache();
  await read(new ChatReader(store, cache), 1, 200);
  simulated.runs.clear();
  expect(await read(new ChatReader(store, cache), 1, 200)).toEqual(textsOf(1, 200));
});
