/** Answers are taken apart without trusting them. */
import { expect, test } from 'vitest';
import { parseAnswer } from './parse-answer.ts';

const ROW = '[1,"ann","hi","2025-11-20T15:56:32.123Z",1]';

test('an answer is its rows in order and the sent id', () => {
  const answer = parseAnswer(`{"0":${ROW},"1":[2,"bob","ho","2025-11-20T15:56:33.123Z",1],"Message_sent":[2]}`);
  expect(answer).toEqual({
    rows: [
      [1, 'ann', 'hi', '2025-11-20T15:56:32.123Z', 1],
      [2, 'bob', 'ho', '2025-11-20T15:56:33.123Z', 1],
    ],
    sentId: 2,
  });
});

test.each([
  ['text that is not JSON', `{"0":${ROW},"Mess`, 'it is not JSON'],
  ['a value that is not an object', '"no"', 'it is not an object'],
  ['Message_sent before the rows', `{"Message_sent":[1],"0":${ROW}}`, 'it does not end in "Message_sent": [id]'],
  ['Message_sent without an id', `{"0":${ROW},"Message_sent":[]}`, 'it does not end in "Message_sent": [id]'],
  ['an id of 0', `{"0":${ROW},"Message_sent":[0]}`, 'Message_sent is not [id]'],
  ['no rows', '{"Message_sent":[1]}', 'it has 0 rows instead of 1 to 10'],
  ['a missing key', `{"0":${ROW},"2":${ROW},"Message_sent":[1]}`, 'it has the key "2" where "1" should stand'],
  ['another key', `{"0":${ROW},"x":1,"Message_sent":[1]}`, 'it has the key "x" where "1" should stand'],
  [
    'a row without its count',
    '{"0":[1,"ann","hi","2025-11-20T15:56:32.123Z"],"Message_sent":[1]}',
    '"0" is not [id, sender, text, created_at, user_messages_count]',
  ],
  [
    'an id that is text',
    '{"0":["1","ann","hi","2025-11-20T15:56:32.123Z",1],"Message_sent":[1]}',
    '"0" is not [id, sender, text, created_at, user_messages_count]',
  ],
])('%s is named', (_, text, problem) => {
  expect(parseAnswer(text)).toBe(problem);
});

test('eleven rows are one too many', () => {
  const rows = Array.from({ length: 11 }, (_, index) => `"${index}":${ROW}`).join();
  expect(parseAnswer(`{${rows},"Message_sent":[1]}`)).toBe('it has 11 rows instead of 1 to 10');
});
