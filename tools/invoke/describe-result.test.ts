/** What a function returned is laid out by its kind. */
import { expect, test } from 'vitest';
import { describeResult } from './describe-result.ts';

test('an HTTP answer is its status, headers and body, a line for each row', () => {
  const payload = JSON.stringify({
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: '{"0":[1,"ann","hi"],"Message_sent":[1]}',
  });
  expect(describeResult(payload).split('\n')).toEqual([
    'status 200',
    'Content-Type: application/json',
    '',
    '{',
    "  '0': [ 1, 'ann', 'hi' ],",
    '  Message_sent: [ 1 ]',
    '}',
  ]);
});

test('a base64 body is decoded', () => {
  const payload = JSON.stringify({ statusCode: 200, body: 'aGVsbG8=', isBase64Encoded: true });
  expect(describeResult(payload)).toBe('status 200\n\nhello');
});

test.each([
  ['another value', '{"batchItemFailures":[]}', '{ batchItemFailures: [] }'],
  ['null', 'null', 'null'],
  ['nothing', '', ''],
])('%s is shown as it is', (_, payload, shown) => {
  expect(describeResult(payload)).toBe(shown);
});
