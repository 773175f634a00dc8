/** Appends a chunk to a chat's head once, however often its answer is lost on the way. */
import { findInTail, firstSeq, type Head } from './chat-head.ts';
import { findBatchInRun } from './chat-history.ts';
import type { ChatStore } from './chat-store.ts';
import type { Chunk } from './chunk.ts';
import { HeadMovedError, StoreUnavailableError } from './errors.ts';

/** How often a write without an answer is sent again. */
const MAX_ATTEMPTS = 4;
const RETRY_PAUSE_MS = 50;

export interface Append {
  readonly chatId: string;
  readonly head: Head;
  readonly chunk: Chunk;
  /** Counts of the chunk's senders that the head does not count, as `ChatStore.append` takes them. */
  readonly sentBefore: ReadonlyMap<string, number>;
}

/** The chat's head after it, and the number of the chunk's first message; or why the chunk was never written nor will be. */
export type Appended =
  { readonly head: Head; readonly first: number } | { readonly head: Head; readonly refusal: HeadMovedError };

/**
 * Asks for the same write until there is an answer: it is made once at most, however many copies arrive, because its
 * batch id is in the head or the epoch has moved. Where it is refused, an earlier copy of it may have been written.
 * @throws StoreUnavailableError if it is unknown whether it was
 */
export async function appendOnce(
  store: ChatStore,
  append: Append,
  pause: (ms: number) => Promise<void>,
): Promise<Appended> {
  const { chatId, chunk } = append;
  try {
    const after = await repeatUntilAnswered(store, append, pause);
    return { head: after, first: after.seq + 1 - chunk.messages.length };
  } catch (error) {
    if (!(error instanceof HeadMovedError)) throw error;
    const now = error.head ?? (await store.readHead(chatId));
    const first = await findBatch(store, append, now);
    return first === undefined ? { head: now, refusal: error } : { head: now, first };
  }
}

async function repeatUntilAnswered(
  store: ChatStore,
  { chatId, head, chunk, sentBefore }: Append,
  pause: (ms: number) => Promise<void>,
): Promise<Head> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.append(chatId, head, chunk, sentBefore);
    } catch (error) {
      const isUnanswered = error instanceof StoreUnavailableError;
      if (error instanceof HeadMovedError || (attempt === 1 && !isUnanswered)) throw error;
      // Whatever ends the attempts now, an earlier one may have been made.
      if (attempt === MAX_ATTEMPTS || !isUnanswered)
        throw new StoreUnavailableError('a write was not answered', { cause: error });
      await pause(RETRY_PAUSE_MS * attempt);
    }
  }
}

/** Where a refused batch stands if an earlier copy of it was written: in the tail, or archived since. */
async function findBatch(
  store: ChatStore,
  { chatId, head: tried, chunk: { batchId } }: Append,
  now: Head,
): Promise<number | undefined> {
  const inTail = findInTail(now, (chunk) => chunk.batchId === batchId);
  // Whatever was written under the head that was tried comes after it; mostly nothing so new has been archived.
  const [from, to] = [tried.seq + 1, firstSeq(now) - 1];
  if (inTail !== undefined || from > to) return inTail?.first;
  const runs = await store.readRuns(chatId, from, to);
  for (const run of runs) {
    const first = findBatchInRun(run, batchId);
    if (first !== undefined) return first;
  }
  return undefined;
}
