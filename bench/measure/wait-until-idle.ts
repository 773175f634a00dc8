/** Waits until the systems have come to rest, so that none is measured while another still works. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readTreeCpu } from './process-tree.ts';

const LOOK_MS = 250;
/** Part of one processor that all systems together may use when idle. */
const IDLE_PART = 0.06;
const LIMIT_MS = 15_000;

/** @returns whether they have come to rest within 15 seconds */
export async function waitUntilIdle(rootIds: readonly number[], signal: AbortSignal): Promise<boolean> {
  const read = (): number => rootIds.reduce((sum, id) => sum + readTreeCpu(id), 0);
  const deadlineMs = performance.now() + LIMIT_MS;
  for (let before = read(); performance.now() < deadlineMs;) {
    await sleep(LOOK_MS, undefined, { signal });
    const now = read();
    if (now - before <= LOOK_MS * IDLE_PART) return true;
    before = now;
  }
  return false;
}
