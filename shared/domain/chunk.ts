/** A chunk: the messages of one write, as one string that never changes once it is written. */
import { Buffer } from 'node:buffer';

/** A message inside a chunk; its sequence number follows from its place. */
export interface ChunkMessage {
  readonly sender: string;
  readonly text: string;
  /** Hash of the client's idempotency key, if it gave one (see idempotency-key.ts). */
  readonly keyHash?: string;
}

export interface Chunk {
  /** Unique per write: tells a writer whose answer was lost that its write was made. */
  readonly batchId: string;
  /** Milliseconds since 1970 at which the write was put together. */
  readonly createdAt: number;
  readonly messages: readonly ChunkMessage[];
  /** The chunk as it is stored: `[batchId, createdAt, [[sender, text, keyHash?], ...]]` as JSON. */
  readonly encoded: string;
  /** Bytes that the chunk and its keys take in the head: what its append adds and its trim gives back. */
  readonly bytes: number;
}

type EncodedMessage = [sender: string, text: string, keyHash?: string];
type EncodedChunk = [batchId: string, createdAt: number, messages: EncodedMessage[]];

/** Puts a write's messages together. */
export function makeChunk(batchId: string, createdAt: number, messages: readonly ChunkMessage[]): Chunk {
  const chunk: EncodedChunk = [
    batchId,
    createdAt,
    messages.map(({ sender, text, keyHash }) => (keyHash === undefined ? [sender, text] : [sender, text, keyHash])),
  ];
  return withSize(batchId, createdAt, messages, JSON.stringify(chunk));
}

/** Reads a chunk as it was stored. */
export function decodeChunk(encoded: string): Chunk {
  const stored: EncodedChunk = JSON.parse(encoded);
  const [batchId, createdAt, messages] = stored;
  return withSize(
    batchId,
    createdAt,
    messages.map(([sender, text, keyHash]) => (keyHash === undefined ? { sender, text } : { sender, text, keyHash })),
    encoded,
  );
}

function withSize(batchId: string, createdAt: number, messages: readonly ChunkMessage[], encoded: string): Chunk {
  const keyBytes = messages.reduce((bytes, { keyHash }) => bytes + (keyHash?.length ?? 0), batchId.length);
  return { batchId, createdAt, messages, encoded, bytes: Buffer.byteLength(encoded) + keyBytes };
}

/** What stands in the head's `keys` for a chunk, so that none of it can be written twice: batch id and key hashes. */
export function chunkKeys({ batchId, messages }: Chunk): string[] {
  return [batchId, ...messages.flatMap(({ keyHash }) => keyHash ?? [])];
}

/** Upper bound of the bytes that one message adds to its chunk. */
export function messageBytes({ sender, text, keyHash }: ChunkMessage): number {
  return Buffer.byteLength(JSON.stringify([sender, text])) + 2 * (keyHash?.length ?? 0) + 4;
}
