/** An open load: sends leave when they are due and never before, whether or not those before them have been answered. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Schedule {
  readonly perSecond: number;
  readonly count: number;
}

/**
 * Whoever counts a latency counts it from `dueMs`: what had to wait until it could be sent has waited too.
 * @param send what is told the index of a send, and the moment for which it was planned, as `performance.now()` counts
 */
export async function sendOnSchedule(
  { perSecond, count }: Schedule,
  send: (index: number, dueMs: number) => void,
): Promise<void> {
  const startMs = performance.now();
  for (let index = 0; index < count; index++) {
    const dueMs = startMs + (index / perSecond) * 1_000;
    // Timers count whole milliseconds, and may end a little early.
    for (let waitMs = dueMs - performance.now(); waitMs > 0; waitMs = dueMs - performance.now())
      await sleep(Math.ceil(waitMs));
    send(index, dueMs);
  }
}
