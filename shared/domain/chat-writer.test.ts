/** What a writer does in single situations; its promises under all interleavings are in chat-writer.property.test.ts. */
import { beforeEach, describe, expect, test } from 'vitest';
import { connect, FaultyNetwork } from '../../tests/support/faulty-network.ts';
import { SimulatedChatStore } from '../../tests/support/simulated-chat-store.ts';
import { LIMITS, numberTail } from './chat-head.ts';
import { numberRun } from './chat-history.ts';
import { ChatWriter } from './chat-writer.ts';
import type { ChatStore } from './chat-store.ts';
import { makeChunk } from './chunk.ts';
import { IdempotencyKeyReusedError, StoreUnavailableError } from './errors.ts';
import { makeRoom } from './make-room.ts';

const CHAT = 'chat';
let simulated: SimulatedChatStore;
let signals: { chatId: string; rest: number }[];
let operations: string[];
let clockMs: number;

beforeEach(() => {
  simulated = new SimulatedChatStore();
  signals = [];
  operations = [];
  clockMs = 0;
});

function connectToStore() {
  const network = new FaultyNetwork({
    yield: async (label) => void operations.push(label),
    nextFault: () => undefined,
  });
  return connect(network, 'env', { store: simulated, signals }, () => {});
}

function startWriter(): ChatWriter {
  return new ChatWriter(CHAT, { ...connectToStore(), now: () => clockMs, pause: async () => {} });
}

async function sendMany(writer: ChatWriter, count: number, text = 'hello'): Promise<void> {
  for (let index = 0; index < count; index++) await writer.send({ sender: 'ann', text });
}

describe('a repeat', () => {
  test('that reaches an environment with an old head gets the first answer', async () => {
    const [one, idle] = [startWriter(), startWriter()];
    await idle.send({ sender: 'bob', text: 'first of all' });
    const first = await one.send({ sender: 'ann', text: 'once', keyHash: 'key' });
    await sendMany(one, 40);
    const { seq, lastMessages } = first;
    const repeat = await idle.send({ sender: 'ann', text: 'once', keyHash: 'key' });
    expect(repeat).toMatchObject({ seq, lastMessages, isRepeat: true });
  });

  test('whose history cannot be read fails alone', async () => {
    const writer = startWriter();
    await writer.send({ sender: 'ann', text: 'once', keyHash: 'key' });
    await sendMany(writer, 40);
    simulated.readRuns = () => {
      throw new StoreUnavailableError('history is away');
    };
    const first = writer.send({ sender: 'ann', text: 'in the way' });
    const repeat = writer.send({ sender: 'ann', text: 'once', keyHash: 'key' });
    const other = writer.send({ sender: 'ann', text: 'another' });
    await expect(repeat).rejects.toThrow('history is away');
    expect([(await first).seq, (await other).seq]).toEqual([42, 43]);
  });

  test('with another text is refused', async () => {
    const writer = startWriter();
    await writer.send({ sender: 'ann', text: 'once', keyHash: 'key' });
    await expect(writer.send({ sender: 'ann', text: 'other', keyHash: 'key' })).rejects.toThrow(
      IdempotencyKeyReusedError,
    );
  });
});

test('messages that are sent together are stored in one write, in their order', async () => {
  const writer = startWriter();
  const sending = writer.sendAll(['one', 'two', 'three'].map((text) => ({ sender: 'ann', text })));
  expect((await Promise.all(sending)).map(({ seq, isRepeat }) => [seq, isRepeat])).toEqual([
    [1, false],
    [2, false],
    [3, false],
  ]);
  expect(simulated.head.tail.map(({ messages }) => messages.map(({ text }) => text))).toEqual([
    ['one', 'two', 'three'],
  ]);
});

describe('a head that takes no more', () => {
  test('bytes is given room by whoever comes next, though another one filled it', async () => {
    const [one, other] = [startWriter(), startWriter()];
    while (simulated.head.bytes <= LIMITS.headBytes) await one.send({ sender: 'ann', text: '\u0001'.repeat(4_096) });
    const { seq } = await other.send({ sender: 'bob', text: 'hi' });
    expect(seq).toBe(simulated.head.seq);
  });

  test('senders is given room by whoever comes next, though another one filled it', async () => {
    for (let batch = 0; simulated.head.sent.size <= LIMITS.senders; batch++) {
      const messages = Array.from({ length: 64 }, (_, index) => ({ sender: `sender ${batch} ${index}`, text: '.' }));
      simulated.append(CHAT, simulated.head, makeChunk(`batch ${batch}`, 0, messages), new Map());
    }
    const { seq } = await startWriter().send({ sender: 'bob', text: 'hi' });
    expect(seq).toBe(simulated.head.seq);
    expect(simulated.head.sent.size).toBeLessThanOrEqual(LIMITS.senders);
  });

  test('is never one that can be left by nothing', async () => {
    const writer = startWriter();
    for (let index = 0; index < 60; index++)
      await writer.send({ sender: `${'😀'.repeat(60)}${index}`, text: '\u0001'.repeat(4_096) });
    expect(simulated.head.seq).toBe(60);
    const roomy = await makeRoom(connectToStore().store, CHAT, simulated.head, { chunks: 0, bytes: 0, senders: 0 });
    expect(roomy.bytes).toBeLessThanOrEqual(LIMITS.headBytes);
  });
});

describe('after a time without messages', () => {
  test('the head is read anew rather than a write refused', async () => {
    const [one, idle] = [startWriter(), startWriter()];
    await idle.send({ sender: 'bob', text: 'hello' });
    await sendMany(one, 60);
    clockMs = 5_000;
    operations = [];
    await idle.send({ sender: 'bob', text: 'hello again' });
    const started = operations.filter((label) => !label.includes('answered'));
    expect(started).toEqual(['env readHead', 'env append']);
  });

  test('the consumer is signalled again, in case it never came', async () => {
    const writer = startWriter();
    await sendMany(writer, 3);
    expect(signals).toHaveLength(1);
    clockMs = 120_000;
    await sendMany(writer, 3);
    expect(signals).toHaveLength(2);
  });
});

test('a send that has waited for too long is not stored any more', async () => {
  const writer = startWriter();
  const inTheWay = writer.send({ sender: 'ann', text: 'first' });
  const late = writer.send({ sender: 'ann', text: 'late' });
  clockMs = 30_000;
  await inTheWay;
  await expect(late).rejects.toThrow('the send has waited too long; it is not stored');
  expect(simulated.head.seq).toBe(1);
});

test('a write that was not answered is told as unknown, whatever goes wrong after it', async () => {
  const writer = startWriter();
  await sendMany(writer, 1);
  const append = simulated.append.bind(simulated);
  let attempts = 0;
  simulated.append = (...args) => {
    if (attempts++ > 0) throw new Error('the token has expired');
    append(...args);
    throw new StoreUnavailableError('the answer was lost');
  };
  await expect(writer.send({ sender: 'ann', text: 'two' })).rejects.toThrow(StoreUnavailableError);
});

/** A writer whose pauses end when the test says so, and what it has paused for. */
function startPausedWriter() {
  const pauses: { ms: number; end: () => void }[] = [];
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void pauses.push({ ms, end: resolve }));
  const { store, activity } = connectToStore();
  const slowStore: ChatStore = {
    ...store,
    append: (...args) => {
      clockMs += 4;
      return store.append(...args);
    },
  };
  const writer = new ChatWriter(CHAT, { store: slowStore, activity, now: () => clockMs, pause });
  return { writer, pauses };
}

/** The first send is written alone; the three that come meanwhile go together. */
async function writeSeveral(writer: ChatWriter): Promise<void> {
  await Promise.all(['a', 'b', 'c', 'd'].map((text) => writer.send({ sender: 'ann', text })));
  expect(countWrites()).toEqual([1, 3]);
}

function countWrites(): number[] {
  return simulated.head.tail.map(({ messages }) => messages.length);
}

describe('sends after a write of several', () => {
  test('are written together when as many have come', async () => {
    const { writer, pauses } = startPausedWriter();
    await writeSeveral(writer);
    await Promise.all(['e', 'f', 'g'].map((text) => writer.send({ sender: 'ann', text })));
    expect(countWrites()).toEqual([1, 3, 3]);
    expect(pauses[0]?.ms).toBe(8);
  });

  test('are written with what there is after the time of two writes', async () => {
    const { writer, pauses } = startPausedWriter();
    await writeSeveral(writer);
    const alone = writer.send({ sender: 'ann', text: 'alone' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(countWrites()).toEqual([1, 3]);
    pauses[0]?.end();
    await alone;
    expect(countWrites()).toEqual([1, 3, 1]);
  });

  test('do not wait when the write was of one', async () => {
    const { writer, pauses } = startPausedWriter();
    for (const text of ['a', 'b', 'c']) {
      await writer.send({ sender: 'ann', text });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(countWrites()).toEqual([1, 1, 1]);
    expect(pauses).toEqual([]);
  });
});

/** A writer whose copies to the history are made when the test says so. */
function startSlowArchiver() {
  const gate = Promise.withResolvers<void>();
  let copies = 0;
  const { store, activity } = connectToStore();
  const slowStore: ChatStore = {
    ...store,
    putRun: async (...args) => {
      copies += 1;
      await gate.promise;
      return store.putRun(...args);
    },
  };
  const room = { chunks: 4, bytes: 10_000, senders: 100 };
  const writer = new ChatWriter(CHAT, { store: slowStore, activity, room, pause: async () => {} });
  return { writer, finishCopies: gate.resolve, countCopies: () => copies };
}

/** Of each three sends the first is written alone, the others together. */
async function sendTriples(writer: ChatWriter, count: number): Promise<void> {
  for (let triple = 0; triple < count; triple++)
    await Promise.all(['a', 'b', 'c'].map((text) => writer.send({ sender: 'ann', text })));
}

function expectAllMessages(count: number): void {
  const archived = simulated.readRuns(CHAT, 1, count).flatMap(numberRun);
  const inHead = numberTail(simulated.head, 1).filter(({ seq }) => seq > (archived.at(-1)?.seq ?? 0));
  const all = [...archived, ...inHead].map(({ seq, ordinal }) => [seq, ordinal]);
  expect(all).toEqual(Array.from({ length: count }, (_, index) => [index + 1, index + 1]));
}

describe('what several sends have crowded', () => {
  test('is copied while others are written, and leaves between two writes', async () => {
    const { writer, finishCopies, countCopies } = startSlowArchiver();
    await sendTriples(writer, 9);
    expect(countCopies()).toBe(1);
    expect(simulated.head.epoch).toBe(0);
    finishCopies();
    await sendTriples(writer, 3);
    expect(simulated.head.epoch).toBeGreaterThan(0);
    expectAllMessages(36);
  });

  test('stays where another writer has archived meanwhile', async () => {
    const { writer, finishCopies, countCopies } = startSlowArchiver();
    await sendTriples(writer, 8);
    expect(countCopies()).toBe(1);
    await makeRoom(connectToStore().store, CHAT, simulated.head, { chunks: 1, bytes: 0, senders: 100 });
    await sendTriples(writer, 1);
    const { epoch } = simulated.head;
    finishCopies();
    await sendTriples(writer, 1);
    expect(simulated.head.epoch).toBe(epoch);
    await sendTriples(writer, 8);
    expectAllMessages(54);
  });

  test('is copied anew after a copy that failed', async () => {
    const { store, activity } = connectToStore();
    let copies = 0;
    const faultyStore: ChatStore = {
      ...store,
      putRun: (...args) => {
        if (++copies === 1) throw new StoreUnavailableError('the first copy fails');
        return store.putRun(...args);
      },
    };
    const room = { chunks: 4, bytes: 10_000, senders: 100 };
    const writer = new ChatWriter(CHAT, { store: faultyStore, activity, room, pause: async () => {} });
    await sendTriples(writer, 12);
    expect(copies).toBeGreaterThan(1);
    expect(simulated.head.epoch).toBeGreaterThan(0);
    expect(simulated.head.tail.length).toBeLessThan(4 * 3);
    expectAllMessages(36);
  });

  test('makes room by itself when it is senders', async () => {
    const room = { chunks: 100, bytes: 100_000, senders: 20 };
    const writer = new ChatWriter(CHAT, { ...connectToStore(), room, pause: async () => {} });
    for (let batch = 0; batch < 20; batch++)
      await Promise.all(['a', 'b', 'c'].map((name) => writer.send({ sender: `${name} ${batch}`, text: 'hello' })));
    expect(simulated.head.seq).toBe(60);
    expect(simulated.head.sent.size).toBeLessThanOrEqual(room.senders + 3);
  });
});
