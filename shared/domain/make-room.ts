/** Moves what is old out of a chat's head: chunks to its history, silent senders' counts to items of their own. */
import { firstSeq, type Head, KEPT_MESSAGES } from './chat-head.ts';
import { makeRun } from './chat-history.ts';
import type { ChatStore, KeyRecord } from './chat-store.ts';
import type { Chunk } from './chunk.ts';
import { HeadMovedError } from './errors.ts';
import { hashText } from './idempotency-key.ts';

/** How much may stand in a head before room is made. */
export interface Room {
  /** Chunks beyond those that hold the last ten messages. */
  readonly chunks: number;
  /** Bytes of those chunks. */
  readonly bytes: number;
  /** Senders that the head counts. */
  readonly senders: number;
}

/** Chunks that one trim removes at most, and bytes of one run: both keep a request far below DynamoDB's limits. */
const TRIMMED_CHUNKS = 100;
const RUN_BYTES = 128 * 1024;
/** Senders that one write evicts at most: two operators each, of the 300 that an expression may have. */
const EVICTED_SENDERS = 64;

/** The oldest chunks, as many as can leave the head while it keeps the last ten messages. */
export function archivableChunks(head: Head): readonly Chunk[] {
  let kept = head.seq + 1 - firstSeq(head);
  const end = head.tail.findIndex(({ messages }) => (kept -= messages.length) < KEPT_MESSAGES);
  return head.tail.slice(0, Math.max(end, 0));
}

/** Senders that the head counts though none of their messages is in its tail. */
export function silentSenders(head: Head): string[] {
  const heard = new Set(head.tail.flatMap(({ messages }) => messages.map(({ sender }) => sender)));
  return [...head.sent.keys()].filter((sender) => !heard.has(sender));
}

/**
 * Archives and evicts until the head is within `room`, or holds nothing more that can leave it.
 * @returns the head afterwards, which is the one given if there was nothing to do
 * @throws HeadMovedError if another writer came between; the caller reads the head anew
 */
export async function makeRoom(store: ChatStore, chatId: string, head: Head, room: Room): Promise<Head> {
  let current = head;
  while (isCrowded(current, room)) {
    const chunks = archivableChunks(current);
    if (chunks.length === 0) break;
    current = await archive(store, chatId, current, chunks.slice(0, TRIMMED_CHUNKS));
  }
  while (current.sent.size > room.senders) {
    const silent = silentSenders(current).slice(0, EVICTED_SENDERS);
    if (silent.length === 0) break;
    current = await evict(store, chatId, current, silent);
  }
  return current;
}

/** Too many senders count too: those of chunks that leave become silent, and only silent ones can be evicted. */
function isCrowded(head: Head, room: Room): boolean {
  if (head.sent.size > room.senders) return true;
  const chunks = archivableChunks(head);
  return chunks.length > room.chunks || chunks.reduce((bytes, chunk) => bytes + chunk.bytes, 0) > room.bytes;
}

/** Written first, removed second: whoever stops in between leaves everything readable, and the next one goes on. */
async function archive(store: ChatStore, chatId: string, head: Head, chunks: readonly Chunk[]): Promise<Head> {
  const begin = firstSeq(head);
  let first = begin;
  for (let from = 0; from < chunks.length;) {
    const run = await store.putRun(chatId, makeRun(head, takeBytes(chunks.slice(from), RUN_BYTES), first));
    // An archiver that stopped halfway may have left a run of another length here; ours goes on where that one ends.
    first = run.last + 1;
    from += run.chunks.length;
    if (from > chunks.length) throw new HeadMovedError('history holds a run that ends beyond this head');
  }
  await store.putKeys(keyRecords(chunks, begin));
  return store.trim(chatId, head, chunks.length);
}

function takeBytes(chunks: readonly Chunk[], limit: number): readonly Chunk[] {
  let bytes = 0;
  const end = chunks.findIndex((chunk, index) => (bytes += chunk.bytes) > limit && index > 0);
  return end === -1 ? chunks : chunks.slice(0, end);
}

function keyRecords(chunks: readonly Chunk[], first: number): KeyRecord[] {
  return chunks
    .flatMap(({ messages }) => messages)
    .flatMap(({ keyHash, text }, index) =>
      keyHash === undefined ? [] : [{ keyHash, seq: first + index, textHash: hashText(text) }],
    );
}

async function evict(store: ChatStore, chatId: string, head: Head, senders: readonly string[]): Promise<Head> {
  await store.putSenderCounts(chatId, new Map(senders.map((sender) => [sender, head.sent.get(sender)!])));
  return store.evictSenders(chatId, head, senders);
}
