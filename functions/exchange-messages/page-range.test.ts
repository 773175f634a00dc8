/** Which messages a page holds. */
import { describe, expect, test } from 'vitest';
import { pageRange } from './page-range.ts';

describe('of a chat of 100 messages, a page', () => {
  test.each([
    ['from', 1, 10, [1, 10]],
    ['from', 95, 10, [95, 100]],
    ['from', 101, 10, [101, 100]],
    ['from', 1_000, 10, [1_000, 100]],
    ['before', 50, 10, [40, 49]],
    ['before', 5, 10, [1, 4]],
    ['before', 1, 10, [1, 0]],
    ['before', 1_000, 10, [91, 100]],
    ['around', 50, 10, [46, 55]],
    ['around', 50, 1, [50, 50]],
    ['around', 2, 10, [1, 10]],
    ['around', 100, 10, [91, 100]],
    ['around', 1_000, 10, [91, 100]],
  ] as const)('%s %i of %i holds %j', (kind, seq, count, [from, to]) => {
    expect(pageRange({ kind, seq }, count, 100)).toEqual({ from, to });
  });
});

test('an empty chat has empty pages', () => {
  for (const kind of ['from', 'before', 'around'] as const) {
    const { from, to } = pageRange({ kind, seq: 1 }, 10, 0);
    expect(to).toBeLessThan(from);
  }
});
