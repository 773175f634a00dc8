import { expect, test } from 'vitest';
import { failureBucketsOf, remainingWait } from './failure-limits.ts';

const limit = { burst: 3, intervalMs: 1_000 };
const NOW = 1_700_000_000_000;

/** The arrival time after failures at these times, as the store moves it. */
function failAt(...times: number[]): number {
  return times.reduce((arrival, time) => Math.max(arrival, time) + limit.intervalMs, 0);
}

test('as many failures as the burst may come at once, the next try waits an interval', () => {
  expect(remainingWait(limit, undefined, NOW)).toBeLessThanOrEqual(0);
  expect(remainingWait(limit, failAt(NOW, NOW), NOW)).toBeLessThanOrEqual(0);
  expect(remainingWait(limit, failAt(NOW, NOW, NOW), NOW)).toBe(1_000);
});

test('time gives one try per interval back, and never more than the burst', () => {
  const arrival = failAt(NOW, NOW, NOW);
  expect(remainingWait(limit, arrival, NOW + 999)).toBe(1);
  expect(remainingWait(limit, arrival, NOW + 1_000)).toBe(0);
  expect(remainingWait(limit, failAt(NOW, NOW, NOW, NOW + 1_000), NOW + 1_000)).toBe(1_000);
  const later = NOW + 3_600_000;
  expect(remainingWait(limit, failAt(NOW, later, later, later), later)).toBe(1_000);
});

test('failures are counted for a name from a source, for the source, and for the name', () => {
  const buckets = failureBucketsOf('ann', '203.0.113.7');
  const elsewhere = failureBucketsOf('ann', '203.0.113.8');
  const other = failureBucketsOf('bob', '203.0.113.7');
  expect(elsewhere.name.key).toBe(buckets.name.key);
  expect(other.source.key).toBe(buckets.source.key);
  const keys = [buckets, elsewhere, other].flatMap((each) => Object.values(each).map(({ key }) => key));
  expect(new Set(keys).size).toBe(7);
  expect(keys.join()).not.toContain('ann');
});
