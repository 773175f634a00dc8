/** Answers that contradict each other or the store are found. */
import { expect, test } from 'vitest';
import type { MessageRow } from '../../shared/contract/open-stream.ts';
import { AnsweredRows } from './answered-rows.ts';

const ann: MessageRow = [1, 'ann', 'hi', '2025-11-20T15:56:32.123Z', 1];
const bob: MessageRow = [2, 'bob', 'ho', '2025-11-20T15:56:33.123Z', 1];

function answered(): AnsweredRows {
  const rows = new AnsweredRows();
  rows.add({ rows: [ann], sentId: 1 }, 'line 2');
  return rows;
}

test('answers that say the same of a message agree', () => {
  const rows = answered();
  expect(rows.add({ rows: [ann, bob], sentId: 2 }, 'line 3')).toEqual([]);
  expect([rows.size, rows.sentCount]).toEqual([2, 2]);
});

test.each<[string, MessageRow]>([
  ['sender', [1, 'eve', 'hi', '2025-11-20T15:56:32.123Z', 1]],
  ['text', [1, 'ann', 'no', '2025-11-20T15:56:32.123Z', 1]],
  ['time', [1, 'ann', 'hi', '2025-11-20T15:56:32.124Z', 1]],
  ['ordinal', [1, 'ann', 'hi', '2025-11-20T15:56:32.123Z', 2]],
])('two answers with another %s for one id disagree', (_, other) => {
  const [violation, ...more] = answered().add({ rows: [other, bob], sentId: 2 }, 'line 3');
  expect(violation?.kind).toBe('answers disagree');
  expect(violation?.message).toContain('line 2');
  expect(more).toEqual([]);
});

test('an id that two answers sent is found', () => {
  expect(answered().add({ rows: [ann], sentId: 1 }, 'line 7')).toEqual([
    { kind: 'id answered twice', message: 'Message_sent is 1, as in line 2' },
  ]);
});

test('a message that the store has unchanged is done with', () => {
  const rows = answered();
  expect(rows.compare(ann)).toEqual([]);
  expect([...rows.missing()]).toEqual([]);
});

test('a message that the store has with other content is found', () => {
  const [violation] = answered().compare([1, 'ann', 'changed', '2025-11-20T15:56:32.123Z', 1]);
  expect(violation?.kind).toBe('store differs');
  expect(violation?.message).toContain('changed');
});

test('a message of the store that no answer shows is no contradiction', () => {
  expect(answered().compare(bob)).toEqual([]);
});

test('messages that the store does not have are found, sent or only shown', () => {
  const rows = new AnsweredRows();
  rows.add({ rows: [ann, bob], sentId: 2 }, 'line 2');
  const missing = [...rows.missing()];
  expect(missing.map(({ kind }) => kind)).toEqual(['not in the store', 'not in the store']);
  expect(missing.map(({ message }) => message)).toEqual([
    expect.stringContaining('message 1, shown in line 2'),
    expect.stringContaining('message 2, sent in line 2'),
  ]);
});
