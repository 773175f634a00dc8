/**
 * The chat head: the one item per chat in which a send decides everything, and what can be read off it.
 * Nothing here does I/O.
 */
import type { Chunk } from './chunk.ts';

/** Messages that the head always keeps, so that a send's answer needs no second read. */
export const KEPT_MESSAGES = 10;

/**
 * Limits, chosen so that no item ever reaches DynamoDB's 400 KB. The last ten messages alone, which cannot be
 * archived, take at most 9 x 25 KB (4,096 characters, each escaped to 6 bytes) and one chunk: below `headBytes`,
 * so a head is never stuck; headBytes + chunkBytes + (senders + batchMessages) x 261 bytes stays below 400 KB. Where the
 * senders are members, each takes 200 bytes at most of `sent`, `joined` and `joinKeys` together.
 */
export const LIMITS = {
  /** Messages in one write; keeps its expressions below DynamoDB's 4 KB and 300 operators. */
  batchMessages: 64,
  /** Bytes of one chunk and its keys. */
  chunkBytes: 32 * 1024,
  /** A head whose chunks and keys take more than this takes no send. */
  headBytes: 260 * 1024,
  /** A head that counts more senders than this takes no send. */
  senders: 320,
  /** Members of one chat. */
  members: 256,
  /** Chats of one user, whose heads are all read for a list of them. */
  chats: 1_000,
} as const;

/** What a chat has that only its members may read and write; they are the keys of the head's `sent`. */
export interface Membership {
  /** A direct chat has two members, for good. */
  readonly kind: 'direct' | 'group';
  /** Empty in a direct chat. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The member who may remove others and delete what they wrote; a direct chat has none. */
  readonly owner: string | undefined;
  /** The chat's `seq` when each member joined; with it, the count of their own messages began anew. */
  readonly joined: ReadonlyMap<string, number>;
  /** Under what each member was added: the hash of an idempotency key, or something random. */
  readonly joinKeys: ReadonlyMap<string, string>;
  /** Grows by one with every edit and delete: what was read under a revision holds as long as it stands. */
  readonly revision: number;
}

/** The epoch of a chat as it begins. */
export const FIRST_EPOCH = 0;

export interface Head {
  /** Sequence number of the newest message; 0 in an empty chat. */
  readonly seq: number;
  /** Grows by one whenever anything leaves the head. */
  readonly epoch: number;
  /** Grows by one when a fan-out consumer begins; a write under a value of it must have signalled for that value. */
  readonly rest: number;
  /** Bytes of `tail` and its keys (chunkBytes of each chunk). */
  readonly bytes: number;
  /** Chunks that are still in the head, oldest first, ending at `seq`. */
  readonly tail: readonly Chunk[];
  /** Messages sent so far by each sender that the head still counts; in a chat of members, by each since they joined. */
  readonly sent: ReadonlyMap<string, number>;
  /** Undefined in an open chat, which anybody may write to. */
  readonly membership?: Membership;
}

/** A message with everything that its place says about it. */
export interface NumberedMessage {
  readonly seq: number;
  readonly sender: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** 1 for the sender's first message in this chat, 2 for the second, ... Of an open chat only: senders can leave others. */
  readonly ordinal: number;
}

/** Sequence number of the oldest message in the tail; `seq` + 1 if it is empty. */
export function firstSeq(head: Head): number {
  return head.tail.reduce((seq, chunk) => seq - chunk.messages.length, head.seq + 1);
}

/**
 * The tail's messages from `from` (or the oldest in the tail, if that is later) to the newest, oldest first.
 * Ordinals are counted back from `sent`, which holds every sender of the tail.
 */
export function numberTail(head: Head, from: number): NumberedMessage[] {
  const numbered: NumberedMessage[] = [];
  const later = new Map<string, number>();
  let seq = head.seq;
  for (let c = head.tail.length - 1; c >= 0 && seq >= from; c--) {
    const { messages, createdAt } = head.tail[c]!;
    for (let m = messages.length - 1; m >= 0 && seq >= from; m--, seq--) {
      const { sender, text } = messages[m]!;
      const ordinal = later.get(sender) ?? head.sent.get(sender) ?? (head.membership && 0);
      if (ordinal === undefined) throw new Error(`the head counts no sender for message ${seq} of its tail`);
      numbered.push({ seq, sender, text, createdAt, ordinal });
      later.set(sender, ordinal - 1);
    }
  }
  return numbered.toReversed();
}

/** Where a chunk of the tail begins: the sequence number of its first message; undefined if no chunk fits. */
export function findInTail(
  head: Head,
  matches: (chunk: Chunk) => boolean,
): { chunk: Chunk; first: number } | undefined {
  let first = head.seq + 1;
  for (let c = head.tail.length - 1; c >= 0; c--) {
    const chunk = head.tail[c]!;
    first -= chunk.messages.length;
    if (matches(chunk)) return { chunk, first };
  }
  return undefined;
}

/** The message that an idempotency key stands for, if that is still in the tail. */
export function findKeyInTail(head: Head, keyHash: string): { seq: number; text: string } | undefined {
  const at = findInTail(head, ({ messages }) => messages.some((message) => message.keyHash === keyHash));
  if (at === undefined) return undefined;
  const index = at.chunk.messages.findIndex((message) => message.keyHash === keyHash);
  return { seq: at.first + index, text: at.chunk.messages[index]!.text };
}
