/** Runs: the chunks that have left a chat's head, as its history keeps them. */
import { firstSeq, type Head, type NumberedMessage, numberTail } from './chat-head.ts';
import type { Chunk } from './chunk.ts';
import { countOwn } from './unread.ts';

/** Consecutive chunks under the sequence number of their first message. It never changes, but for texts that were deleted. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly chunks: readonly Chunk[];
  /**
   * How many messages each sender of the run had sent before it. In a chat of members, how many each member had sent
   * before it since joining, whether or not they sent any in it.
   */
  readonly sentBefore: ReadonlyMap<string, number>;
  /** How often texts were taken out of it. */
  readonly redactions: number;
}

/** The run that `count` chunks of the tail make, from the one that begins at `first`. */
export function makeRun(head: Head, chunks: readonly Chunk[], first: number): Run {
  const length = chunks.reduce((sum, chunk) => sum + chunk.messages.length, 0);
  return { first, last: first + length - 1, chunks, sentBefore: countSentBefore(head, first, length), redactions: 0 };
}

function countSentBefore(head: Head, first: number, length: number): ReadonlyMap<string, number> {
  if (head.membership !== undefined) return countOwn(head, first - 1);
  const sentBefore = new Map<string, number>();
  for (const { sender, ordinal } of numberTail(head, first).slice(0, length))
    if (!sentBefore.has(sender)) sentBefore.set(sender, ordinal - 1);
  return sentBefore;
}

/** Whether a message has left the head. */
export function isArchived(head: Head, seq: number): boolean {
  return seq < firstSeq(head);
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
