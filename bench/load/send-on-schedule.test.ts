/** An open load keeps its schedule, whatever a send takes. */
import { expect, test } from 'vitest';
import { sendOnSchedule } from './send-on-schedule.ts';

test('sends are evenly planned, in their order, and none is sent before it is due', async () => {
  const sends: { index: number; dueMs: number; sentMs: number }[] = [];
  await sendOnSchedule({ perSecond: 200, count: 20 }, (index, dueMs) => {
    sends.push({ index, dueMs, sentMs: performance.now() });
  });
  expect(sends.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  for (const { index, dueMs, sentMs } of sends) {
    expect(dueMs - sends[0]!.dueMs).toBeCloseTo(index * 5);
    expect(sentMs).toBeGreaterThanOrEqual(dueMs);
  }
});

test('what a slow send has held up keeps the moment for which it was planned', async () => {
  const lateMs: number[] = [];
  await sendOnSchedule({ perSecond: 1_000, count: 50 }, (index, dueMs) => {
    lateMs.push(performance.now() - dueMs);
    if (index === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
  });
  expect(lateMs[1]).toBeGreaterThan(25);
  expect(lateMs[10]).toBeGreaterThan(15);
});
