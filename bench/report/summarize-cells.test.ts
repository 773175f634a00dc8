/** Rounds are put together by their medians, and ratios by the medians of the rounds' ratios. */
import { expect, test } from 'vitest';
import { median, spread } from './statistics.ts';
import { findRatio, summarizeCells } from './summarize-cells.ts';
import { makeCell } from './testing/make-cell.ts';

const SCENARIO = { connections: 20, chats: 1, keys: 'none' } as const;

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('the spread is a part of the median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3);
});

test('one summary for each system in each scenario', () => {
  const summaries = summarizeCells([
    makeCell({ round: 1, rate: 100 }),
    makeCell({ round: 1, rate: 50, system: 'function-off' }),
    makeCell({ round: 2, rate: 300, problems: ['1 times HTTP 503'] }),
    makeCell({ round: 3, rate: 110 }),
    makeCell({ round: 1, rate: 7, scenario: { ...SCENARIO, keys: 'each' } }),
  ]);
  expect(summaries.map(({ system, scenario, rate }) => [system, scenario.keys, rate])).toEqual([
    ['managed', 'none', 110],
    ['function-off', 'none', 50],
    ['managed', 'each', 7],
  ]);
  expect(summaries[0]?.problems).toEqual(['1 times HTTP 503']);
});

test('a ratio compares what was measured in the same round', () => {
  const cells = [
    // The machine was slow in the first round and fast in the third.
    ...[10, 100, 1_000].map((rate, index) => makeCell({ round: index + 1, rate })),
    ...[20, 150, 4_000].map((rate, index) => makeCell({ round: index + 1, rate, system: 'function-off' })),
  ];
  expect(findRatio(cells, SCENARIO, 'function-off', 'managed')).toBe(2);
  expect(findRatio(cells, SCENARIO, 'managed', 'transaction-on')).toBeUndefined();
});
