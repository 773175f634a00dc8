/** Moves what is old out of a chat's head: chunks to its history, silent senders' counts to items of their own. */
import { firstSeq, type Head, KEPT_MESSAGES, LIMITS } from './chat-head.ts';
import { makeRun } from './chat-history.ts';
import type { ChatStore, KeyRecord } from './chat-store.ts';
import type { Chunk } from './chunk.ts';
import { HeadMovedError } from './errors.ts';
import { hashText } from './idempotency-key.ts';
import { hasEdits } from './message-edits.ts';
import { redactRun } from './redact-run.ts';

/** How much may stand in a head before room is made. */
export interface Room {
  /** Chunks beyond those that hold the last ten messages. */
  readonly chunks: number;
  /** Bytes of those chunks. */
  readonly bytes: number;
  /** Senders that the head counts. */
  readonly senders: number;
}

/** What one archive moves at most, so that its requests stay far below DynamoDB's limits. */
const RUN_CHUNKS = 100;
const RUN_BYTES = 128 * 1024;
/** Senders that one write evicts at most. One of them who sends in the meantime spares them all, so they are few. */
const EVICTED_SENDERS = 32;
/** Eviction goes on down to this part of what the room allows, so that it is not needed again at once. */
const EVICTION_GOAL = 0.75;

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

/** Whether more stands in the head than `room` allows. Too many senders crowd it too. */
export function isCrowded(head: Head, room: Room): boolean {
  return hasTooManySenders(head, room.senders) || hasTooManyChunks(head, room);
}

/** Members are no crowd: a head keeps them all. */
function hasTooManySenders(head: Head, senders: number): boolean {
  return head.membership === undefined && head.sent.size > senders;
}

/** Whether more chunks stand in the head than `room` allows. */
export function hasTooManyChunks(head: Head, room: Room): boolean {
  // Such a head takes no send, whatever room there is.
  if (head.bytes > LIMITS.headBytes) return true;
  const chunks = archivableChunks(head);
  return chunks.length > room.chunks || chunks.reduce((bytes, chunk) => bytes + chunk.bytes, 0) > room.bytes;
}

/**
 * Whether it was the newest chunk that crowded the head. Of all writers only the one who wrote it finds so, and one is
 * enough to make room.
 * @param newSenders how many of the chunk's senders the head did not count before
 */
export function wasCrowdedByNewest(head: Head, room: Room, newSenders: number): boolean {
  if (!isCrowded(head, room)) return false;
  const tail = head.tail.slice(0, -1);
  const seq = head.seq - head.tail.at(-1)!.messages.length;
  const sent = new Map([...head.sent].slice(newSenders));
  return !isCrowded({ ...head, seq, tail, sent }, room);
}

/**
 * Archives and evicts until the head is within `room`, or holds nothing more that can leave it. Senders of chunks that
 * leave become silent, and only silent ones can be evicted.
 * @returns the head afterwards, which is the one given if there was nothing to do
 * @throws HeadMovedError if another writer came between
 */
export async function makeRoom(store: ChatStore, chatId: string, head: Head, room: Room): Promise<Head> {
  if (!isCrowded(head, room)) return head;
  let current = head;
  do {
    const count = await copyOldest(store, chatId, current);
    if (count === 0) break;
    current = await store.trim(chatId, current, count);
  } while (hasTooManyChunks(current, room));
  if (!hasTooManySenders(current, room.senders)) return current;
  do {
    const silent = silentSenders(current).slice(0, EVICTED_SENDERS);
    if (silent.length === 0) break;
    current = await evict(store, chatId, current, silent);
  } while (hasTooManySenders(current, room.senders * EVICTION_GOAL));
  return current;
}

/** As many chunks as fit one run; at least one, if there is one. */
function takeRun(chunks: readonly Chunk[]): readonly Chunk[] {
  let bytes = 0;
  const end = chunks.findIndex((chunk, index) => (bytes += chunk.bytes) > RUN_BYTES && index > 0);
  return chunks.slice(0, end === -1 ? RUN_CHUNKS : Math.min(end, RUN_CHUNKS));
}

/**
 * Copies the oldest chunks that can leave the head to the chat's history, and their keys to items of their own. Written
 * first, removed second: whoever stops in between leaves everything readable, and the next one goes on. As it changes
 * nothing in the head, sends may go on beside it.
 * @returns how many chunks can be trimmed from the head then, as long as its epoch and its revision are the same
 * @throws HeadMovedError if another writer came between
 */
export async function copyOldest(store: ChatStore, chatId: string, head: Head): Promise<number> {
  const chunks = takeRun(archivableChunks(head));
  if (chunks.length === 0) return 0;
  const first = firstSeq(head);
  // Another archiver may have left a run of another length here, and then that is what leaves the head.
  const run = await store.putRun(chatId, makeRun(head, chunks, first));
  if (run.last > head.seq) throw new HeadMovedError('history holds a run that ends beyond this head');
  await store.putKeys(keyRecords(head.tail.slice(0, run.chunks.length), first));
  if (hasEdits(head)) await redactRun(store, chatId, run);
  return run.chunks.length;
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
