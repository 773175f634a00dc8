/** The summary says how the requests ended and how fast. */
import { expect, test } from 'vitest';
import { summarizeLoad } from './summarize.ts';
import { Tally } from './tally.ts';

test('counts, kinds of errors, rate and latencies stand in lines of their own', () => {
  const tally = new Tally();
  for (let ms = 1; ms <= 100; ms++) tally.addRight(ms);
  tally.addFailure('HTTP 503', 'busy');
  tally.addFailure('timeout', 'first');
  tally.addFailure('timeout', 'second');

  const lines = summarizeLoad(tally, 110, 2_000, 'responses.json').split('\n');
  expect(lines.map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
    'sent  103 of 110',
    'right answers  100',
    'errors  3',
    '  timeout  2, the first: first',
    '  HTTP 503  1, the first: busy',
    'duration  2.00 s',
    'rate  50 messages/s',
    expect.stringMatching(/^latency {2}p50 50\.\d {2}p90 90\.\d {2}p99 99\.\d {2}max 100\.\d ms$/),
    'answers in  responses.json',
  ]);
});

test('a load without a right answer has no latency', () => {
  expect(summarizeLoad(new Tally(), 1, 0, 'responses.json')).toContain('p50 0.0  p90 0.0  p99 0.0  max 0.0 ms');
});
