/** Each promise, broken in a record made by hand, is named with the calls that it concerns. */
import { describe, expect, test } from 'vitest';
import type { Head } from '../../../shared/domain/chat-head.ts';
import { makeChunk } from '../../../shared/domain/chunk.ts';
import { listMessages } from '../../support/chat-checks.ts';
import { checkStream } from './check-stream.ts';
import type { StoredStream } from './stored-stream.ts';
import type { StreamCall } from './stream-clients.ts';

/** Messages of one sender, the n-th written n * 100 ms after 0. */
function store(texts: readonly string[], change: Partial<StoredStream> = {}): StoredStream {
  const tail = texts.map((text, index) => makeChunk(`batch ${index}`, (index + 1) * 100, [{ sender: 'ann', text }]));
  const sent = new Map([['ann', texts.length]]);
  const head: Head = { seq: texts.length, epoch: 0, rest: 0, bytes: 0, tail, sent };
  const messages = listMessages(head, []);
  return { head, messages, keptCounts: new Map(), published: texts.length, ...change };
}

/** The call that stored the n-th message of `chat`, as it should be. */
function answered(chat: StoredStream, seq: number, change: Partial<StreamCall> = {}): StreamCall {
  const rows = chat.messages.slice(Math.max(0, seq - 10), seq);
  const answer = Object.fromEntries(
    rows.map((row, index) => [
      `${index}`,
      [row.seq, row.sender, row.text, new Date(row.createdAt).toISOString(), row.ordinal],
    ]),
  );
  const { sender, text, createdAt } = chat.messages[seq - 1]!;
  const times = { startedAtMs: createdAt - 10, endedAtMs: createdAt + 10 };
  return {
    number: seq,
    asked: `${sender} sends ${text}`,
    sender,
    text,
    key: undefined,
    status: 200,
    answer: { ...answer, Message_sent: [seq] },
    ...times,
    ...change,
  };
}

const found = (chat: StoredStream, calls: readonly StreamCall[]) =>
  checkStream(chat, calls, []).map(({ message, calls: concerned }) => [message, concerned.map(({ number }) => number)]);

test('a run that keeps everything has no violation', () => {
  const chat = store(['a', 'b', 'c']);
  const calls = [1, 2, 3].map((seq) => answered(chat, seq));
  expect(found(chat, calls)).toEqual([]);
});

describe('found, with the calls that it concerns:', () => {
  test('an acknowledged message that is lost', () => {
    const chat = store(['a', 'b']);
    const calls = [answered(chat, 1), answered(chat, 2)];
    expect(found(store(['a']), calls)).toContainEqual(['message 2 was acknowledged and is lost: there is none', [2]]);
  });

  test('a message that is stored twice', () => {
    const chat = store(['a', 'a']);
    const call = answered(chat, 1, { endedAtMs: 300 });
    expect(found(chat, [call])).toContainEqual(['one message is stored as 1 and 2', [1]]);
  });

  test('a message that nobody sent', () => {
    const chat = store(['a', 'b']);
    expect(found(chat, [answered(chat, 1)])).toEqual([['message 2 of ann was never sent: "b"', []]]);
  });

  test('rows that are not what the store held', () => {
    const chat = store(['a', 'b']);
    const wrong = answered(chat, 2);
    const answer = { ...wrong.answer!, '0': [1, 'ann', 'other', '1970', 1] as const };
    const [violation] = found(chat, [answered(chat, 1), { ...wrong, answer: JSON.parse(JSON.stringify(answer)) }]);
    expect(violation?.[0]).toContain('the answer with id 2 is not what the store held');
    expect(violation?.[1]).toEqual([2]);
  });

  test('a smaller id for who came after an answer', () => {
    const chat = store(['a', 'b']);
    const late = answered(chat, 1, { startedAtMs: 50, endedAtMs: 500 });
    const early = answered(chat, 2, { startedAtMs: 10, endedAtMs: 40, number: 7 });
    expect(found(chat, [late, early])).toContainEqual([
      'message 2 was acknowledged before message 1 was first sent',
      [7, 1],
    ]);
  });

  test('a time of writing outside of the call', () => {
    const chat = store(['a']);
    const [violation] = found(chat, [answered(chat, 1, { startedAtMs: 150, endedAtMs: 200 })]);
    expect(violation?.[0]).toContain('message 1 says that it was written -50 ms after');
  });

  test('two answers to repeats with one key', () => {
    const chat = store(['a', 'b']);
    const first = answered(chat, 1, { key: 'k' });
    const other = { ...first, number: 9, answer: { ...first.answer!, Message_sent: [2] as [number] } };
    expect(found(chat, [first, other, answered(chat, 2)])).toContainEqual([
      'one message got 2 different answers',
      [1, 9],
    ]);
  });

  test('two texts that are stored under one key', () => {
    const chat = store(['a', 'b']);
    const calls = [answered(chat, 1, { key: 'k' }), answered(chat, 2, { key: 'k' })];
    expect(found(chat, calls)).toEqual([['2 messages are stored under one key', [1, 2]]]);
  });

  test('a conflict for a text that is stored', () => {
    const chat = store(['a']);
    const { answer: _, ...call } = answered(chat, 1, { key: 'k', status: 409 });
    expect(found(chat, [call])).toEqual([['a message is stored, though its call was answered with a conflict', [1]]]);
  });

  test('a conflict under a key of which nothing is stored', () => {
    const { answer: _, ...call } = answered(store(['a']), 1, { key: 'k', status: 409 });
    expect(found(store([]), [call])).toEqual([
      ['a key was refused as used for another text, but nothing is stored under it', [1]],
    ]);
  });

  test('an answer that the API does not promise', () => {
    const { answer: _, ...call } = answered(store(['a']), 1, { status: 500 });
    expect(found(store([]), [call])).toEqual([['a call was answered with 500', [1]]]);
  });

  test('ordinals and ids with gaps', () => {
    const chat = store(['a', 'b']);
    const messages = [chat.messages[0]!, { ...chat.messages[1]!, ordinal: 3 }];
    const [violation] = found({ ...chat, messages }, [answered(chat, 1), answered({ ...chat, messages }, 2)]);
    expect(violation).toEqual(['message 2 is number 3 of ann, expected 2', []]);
  });

  test('a wrong count of a sender who has left the head', () => {
    const chat = store(['a'], { keptCounts: new Map([['ann', 5]]) });
    expect(found(chat, [answered(chat, 1)])).toEqual([
      ['5 messages of ann are counted outside the head, 1 are stored', []],
    ]);
  });

  test('a publication of what the consumer had not read', () => {
    const chat = store(['a']);
    const publications = [{ environment: 4, seq: 1, readUpTo: 0 }];
    expect(checkStream(chat, [answered(chat, 1)], publications)).toEqual([
      { message: 'environment 4 published up to 1, but had read up to 0', calls: [] },
    ]);
  });
});
