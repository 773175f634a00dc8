/** FIFO queues of cases. */
import type { ConformanceCase } from '../conformance-case.ts';
import { inQueue, type ProbeQueue, type QueueAttributes } from './probe-queue.ts';

export const BY_CONTENT = { ContentBasedDeduplication: 'true' };

/** Observes `use` of a FIFO queue of its own; the content of messages tells duplicates by default. */
export function inFifoQueue(
  use: (queue: ProbeQueue) => Promise<unknown>,
  attributes: QueueAttributes = BY_CONTENT,
): ConformanceCase['observe'] {
  return inQueue(use, { FifoQueue: 'true', ...attributes });
}

/** Sends to the groups that the bodies begin with: `a1` to group `a`. */
export async function sendInOrder(queue: ProbeQueue, ...bodies: string[]): Promise<void> {
  for (const body of bodies) await queue.send(body, { MessageGroupId: body.slice(0, 1) });
}
