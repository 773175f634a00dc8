/** What is wrong within one answer is found. */
import { expect, test } from 'vitest';
import type { MessageRow } from '../../shared/contract/open-stream.ts';
import { checkAnswer } from './check-answer.ts';

function rowsOf(...ids: number[]): MessageRow[] {
  return ids.map((id) => [id, 'ann', `text ${id}`, '2025-11-20T15:56:32.123Z', id]);
}

test('nothing is wrong with the first answer, nor with one of ten rows', () => {
  expect(checkAnswer({ rows: rowsOf(1), sentId: 1 })).toEqual([]);
  expect(checkAnswer({ rows: rowsOf(6, 7, 8, 9, 10, 11, 12, 13, 14, 15), sentId: 15 })).toEqual([]);
});

test('a hole between ids is found', () => {
  expect(checkAnswer({ rows: rowsOf(1, 3, 4), sentId: 3 })).toContainEqual({
    kind: 'ids not consecutive',
    message: 'id 3 follows 1',
  });
});

test('rows with the newest first are found', () => {
  const kinds = checkAnswer({ rows: rowsOf(3, 2, 1), sentId: 3 }).map(({ kind }) => kind);
  expect(kinds).toEqual(['ids not consecutive', 'sent message not last']);
});

test('a message after the sent one is found', () => {
  expect(checkAnswer({ rows: rowsOf(1, 2, 3), sentId: 2 })).toContainEqual({
    kind: 'sent message not last',
    message: 'Message_sent is 2, but the last row has id 3',
  });
});

test('too few rows are found', () => {
  expect(checkAnswer({ rows: rowsOf(11, 12), sentId: 12 })).toEqual([
    { kind: 'wrong number of rows', message: 'the answer to message 12 has 2 rows instead of 10' },
  ]);
});
