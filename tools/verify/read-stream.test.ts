/** A chat is read once and in order from history and head, also where they overlap. */
import { expect, test } from 'vitest';
import { type Head, type NumberedMessage, numberTail } from '../../shared/domain/chat-head.ts';
import { makeRun, type Run } from '../../shared/domain/chat-history.ts';
import { type Chunk, makeChunk } from '../../shared/domain/chunk.ts';
import { readStream } from './read-stream.ts';
import type { Violation } from './violations.ts';

/** Chunk `index` holds the messages 3 * index + 1 to 3 * index + 3, all from one sender. */
function chunksOf(count: number): Chunk[] {
  return Array.from({ length: count }, (_, index) =>
    makeChunk(
      `batch-${index}`,
      index,
      [1, 2, 3].map((offset) => ({ sender: 'ann', text: `text ${3 * index + offset}` })),
    ),
  );
}

function headWith(chunks: readonly Chunk[], tailChunks: number): Head {
  const seq = 3 * chunks.length;
  return {
    seq,
    epoch: 0,
    rest: 0,
    bytes: 0,
    tail: tailChunks === 0 ? [] : chunks.slice(-tailChunks),
    sent: new Map([['ann', seq]]),
  };
}

/** Runs of two chunks each over the first chunks. */
function runsOver(chunks: readonly Chunk[], count: number): Run[] {
  const whole = headWith(chunks, chunks.length);
  const runs: Run[] = [];
  for (let from = 0; from < count; from += 2)
    runs.push(makeRun(whole, chunks.slice(from, Math.min(from + 2, count)), 3 * from + 1));
  return runs;
}

async function readAll(
  head: Head,
  history: readonly Run[],
): Promise<{ messages: NumberedMessage[]; violations: Violation[] }> {
  const store = {
    readRuns: async (_: string, from: number, to: number) =>
      history.filter(({ first, last }) => first <= to && last >= from),
  };
  const messages: NumberedMessage[] = [];
  const violations: Violation[] = [];
  for await (const page of readStream(store, 'chat', head)) {
    messages.push(...page.messages);
    violations.push(...page.violations);
  }
  return { messages, violations };
}

test('a chat of several pages is read once, in order', async () => {
  const chunks = chunksOf(900);
  const { messages, violations } = await readAll(headWith(chunks, 4), runsOver(chunks, 896));
  expect(messages).toEqual(numberTail(headWith(chunks, 900), 1));
  expect(violations).toEqual([]);
});

test('messages in both head and history are read once', async () => {
  const chunks = chunksOf(6);
  const { messages, violations } = await readAll(headWith(chunks, 4), runsOver(chunks, 5));
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  expect(violations).toEqual([]);
});

test('messages that were archived after the head was read do not show', async () => {
  const chunks = chunksOf(8);
  const { messages } = await readAll(headWith(chunks.slice(0, 4), 4), runsOver(chunks, 8));
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test('a message that differs between head and history is found', async () => {
  const chunks = chunksOf(6);
  const changed = chunks.with(
    3,
    makeChunk('batch-3', 3, [{ sender: 'ann', text: 'changed' }, ...chunks[3]!.messages.slice(1)]),
  );
  const { violations } = await readAll(headWith(chunks, 4), runsOver(changed, 4));
  expect(violations).toEqual([
    {
      kind: 'head and history differ',
      message: 'the head has [10,"ann","text 10",3,10], the history [10,"ann","changed",3,10]',
    },
  ]);
});

test('runs that overlap yield their messages twice, for the check of ids to find', async () => {
  const chunks = chunksOf(8);
  const runs = runsOver(chunks, 8);
  const overlapping = makeRun(headWith(chunks, 8), chunks.slice(1, 3), 4);
  const { messages } = await readAll(headWith(chunks, 0), [runs[0]!, overlapping, ...runs.slice(1)]);
  expect(messages.filter(({ seq }) => seq === 5)).toHaveLength(2);
});

test('a run that is missing leaves a hole', async () => {
  const chunks = chunksOf(900);
  const { messages } = await readAll(headWith(chunks, 4), runsOver(chunks, 896).toSpliced(100, 1));
  expect(messages).toHaveLength(2_694);
});
