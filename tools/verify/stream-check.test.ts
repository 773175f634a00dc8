/** What is wrong with the messages of the store is found. */
import { expect, test } from 'vitest';
import type { NumberedMessage } from '../../shared/domain/chat-head.ts';
import { AnsweredRows } from './answered-rows.ts';
import { StreamCheck } from './stream-check.ts';
import type { Violation } from './violations.ts';

const CREATED_AT = Date.parse('2025-11-20T15:56:32.123Z');

function message(seq: number, sender: string, ordinal: number, text = `text ${seq}`): NumberedMessage {
  return { seq, sender, text, createdAt: CREATED_AT, ordinal };
}

function checkAll(messages: readonly NumberedMessage[], seq: number, answered = new AnsweredRows()): Violation[] {
  const check = new StreamCheck(answered);
  return [...messages.flatMap((each) => check.add(each)), ...check.finish(seq)];
}

test('a stream without faults passes', () => {
  const answered = new AnsweredRows();
  answered.add({ rows: [[1, 'ann', 'text 1', '2025-11-20T15:56:32.123Z', 1]], sentId: 1 }, 'line 2');
  expect(checkAll([message(1, 'ann', 1), message(2, 'bob', 1), message(3, 'ann', 2)], 3, answered)).toEqual([]);
});

test('an empty stream passes', () => {
  expect(checkAll([], 0)).toEqual([]);
});

test('a gap is found once, however long the stream goes on after it', () => {
  expect(checkAll([message(1, 'ann', 1), message(4, 'ann', 2), message(5, 'ann', 3)], 5)).toEqual([
    { kind: 'gap in the store', message: 'id 4 follows 1' },
  ]);
});

test('messages missing at the beginning and at the end are found', () => {
  expect(checkAll([message(2, 'ann', 1)], 3)).toEqual([
    { kind: 'gap in the store', message: 'id 2 follows 0' },
    { kind: 'gap in the store', message: 'the head counts 3 messages, but the last id is 2' },
  ]);
});

test('an id that comes twice is found', () => {
  const violations = checkAll([message(1, 'ann', 1), message(2, 'bob', 1), message(2, 'cat', 1)], 2);
  expect(violations).toEqual([{ kind: 'id twice in the store', message: 'id 2 comes again after 2' }]);
});

test.each([
  ['skipped', 3],
  ['repeated', 1],
])('an ordinal that is %s is found', (_, ordinal) => {
  expect(checkAll([message(1, 'ann', 1), message(2, 'ann', ordinal)], 2)).toEqual([
    { kind: 'wrong ordinal', message: `message 2 is number 2 of "ann", but is counted as ${ordinal}` },
  ]);
});

test('a message of a load that is stored under two ids is found', () => {
  const text = 'load 0123abcd 7 the quick brown fox';
  expect(checkAll([message(1, 'ann', 1, text), message(2, 'ann', 2, text)], 2)).toEqual([
    { kind: 'message stored twice', message: 'message 2 was stored before under a smaller id: "load 0123abcd 7"' },
  ]);
});

test('equal texts of other clients, and messages of other loads, are no repetition', () => {
  const texts = ['hello', 'hello', 'load 0123abcd 7 the', 'load 0123abcd 70 the', 'load 4567abcd 7 the'];
  expect(
    checkAll(
      texts.map((text, index) => message(index + 1, 'ann', index + 1, text)),
      texts.length,
    ),
  ).toEqual([]);
});

test('an answered message that the store holds otherwise, and one that it does not hold, are found', () => {
  const answered = new AnsweredRows();
  answered.add({ rows: [[1, 'ann', 'another text', '2025-11-20T15:56:32.123Z', 1]], sentId: 1 }, 'line 2');
  answered.add({ rows: [[9, 'ann', 'lost', '2025-11-20T15:56:32.123Z', 2]], sentId: 9 }, 'line 3');
  expect(checkAll([message(1, 'ann', 1)], 1, answered).map(({ kind }) => kind)).toEqual([
    'store differs',
    'not in the store',
  ]);
});
