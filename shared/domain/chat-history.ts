/** Runs: the chunks that have left a chat's head, as its history keeps them. */
import type { Head, NumberedMessage } from './chat-head.ts';
import { numberTail } from './chat-head.ts';
import type { Chunk } from './chunk.ts';

/** Consecutive chunks under the sequence number of their first message. What a run says never changes. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly chunks: readonly Chunk[];
  /** How many messages each sender of the run had sent before it. */
  readonly sentBefore: ReadonlyMap<string, number>;
}

/** The run that `count` chunks of the tail make, from the one that begins at `first`. */
export function makeRun(head: Head, chunks: readonly Chunk[], first: number): Run {
  const length = chunks.reduce((sum, chunk) => sum + chunk.messages.length, 0);
  const sentBefore = new Map<string, number>();
  for (const { sender, ordinal } of numberTail(head, first).slice(0, length))
    if (!sentBefore.has(sender)) sentBefore.set(sender, ordinal - 1);
  return { first, last: first + length - 1, chunks, sentBefore };
}

/** A run's messages, oldest first. */
export function numberRun(run: Run): NumberedMessage[] {
  const sent = new Map(run.sentBefore);
  let seq = run.first;
  return run.chunks.flatMap(({ messages, createdAt }) =>
    messages.map(({ sender, text }) => {
      const ordinal = (sent.get(sender) ?? 0) + 1;
      sent.set(sender, ordinal);
      return { seq: seq++, sender, text, createdAt, ordinal };
    }),
  );
}

/** Where the chunk with this batch id begins in a run. */
export function findBatchInRun(run: Run, batchId: string): number | undefined {
  let first = run.first;
  for (const chunk of run.chunks) {
    if (chunk.batchId === batchId) return first;
    first += chunk.messages.length;
  }
  return undefined;
}
