/** The port to where chats are kept. Every read is consistent: it sees every write that was answered before it began. */
import type { Head, Membership } from './chat-head.ts';
import type { Run } from './chat-history.ts';
import type { Chunk } from './chunk.ts';
import type { MembersHead } from './membership.ts';
import type { Edit } from './message-edits.ts';

/** What an idempotency key stands for, once its message has left the head. */
export interface KeyRecord {
  readonly keyHash: string;
  readonly seq: number;
  /** hashText of the text that the key was first used with. */
  readonly textHash: string;
}

/** A chat of members as it begins. */
export interface NewChat extends Pick<Membership, 'kind' | 'name' | 'createdAt' | 'owner'> {
  readonly members: readonly string[];
}

/**
 * All methods raise StoreUnavailableError if the store gives no answer or a fault: the write may have happened, may
 * happen later, or never. Methods that take a `head` write under its epoch and raise HeadMovedError if they are
 * refused; a write that was refused once can never be made by a copy of the same request that arrives later.
 */
export interface ChatStore {
  /** @throws ChatNotFoundError */
  readHead(chatId: string): Promise<Head>;
  /** The heads of those chats that there are. */
  readHeads(chatIds: readonly string[]): Promise<ReadonlyMap<string, Head>>;
  /** Creates a chat of members unless there is one under this id; returns the head of the one that stands there. */
  createChat(chatId: string, chat: NewChat): Promise<Head>;
  /** Adds a member, who has sent nothing and begins at the chat's `seq`. Refused for a member, and if the chat is full. */
  join(chatId: string, head: Head, member: string, keyHash?: string): Promise<Head>;
  /** Removes a member, and makes `owner` the owner. */
  leave(chatId: string, head: Head, member: string, owner: string): Promise<Head>;
  /** Moves the revision of a chat of members on from that of `head`; refused if it has moved. */
  addRevision(chatId: string, head: MembersHead): Promise<Head>;
  /**
   * Appends a chunk: `seq`, `tail`, `keys`, `bytes` and `sent` in one write, and returns the head after it.
   * @param sentBefore counts of the chunk's senders that `head` does not count (0 for one never seen), read after `head`.
   */
  append(chatId: string, head: Head, chunk: Chunk, sentBefore: ReadonlyMap<string, number>): Promise<Head>;
  /** Removes the `count` oldest chunks, which history must hold by now, and their keys. Refused at another revision. */
  trim(chatId: string, head: Head, count: number): Promise<Head>;
  /** Removes senders whose counts were put by putSenderCounts; refused if one of them has sent since `head`. */
  evictSenders(chatId: string, head: Head, senders: readonly string[]): Promise<Head>;

  /** Stores a run if none begins at the same message; returns the one that stands there, which may be longer or shorter. */
  putRun(chatId: string, run: Run): Promise<Run>;
  /** Runs that hold any of the messages `from`..`to`, oldest first. */
  readRuns(chatId: string, from: number, to: number): Promise<Run[]>;

  /** Replaces a run by one that was redacted once more; false if another redaction was faster. */
  replaceRun(chatId: string, run: Run): Promise<boolean>;
  /** The newest edit of each message of `from`..`to` that has any, by sequence number. */
  readEdits(chatId: string, from: number, to: number): Promise<ReadonlyMap<number, Edit>>;
  /** The newest edits of messages that were edited since the chat had this revision, in order of the messages. */
  readEditsSince(chatId: string, revision: number): Promise<readonly Edit[]>;
  /** Puts a message's newest edit; false if one of the same or a higher revision stands there. */
  putEdit(chatId: string, edit: Edit): Promise<boolean>;

  /** Keeps what keys stand for, for a day. */
  putKeys(records: readonly KeyRecord[]): Promise<void>;
  /** Keeps what a key stands for, for a day, unless it stands for something already; returns what it stands for. */
  claimKey(record: KeyRecord): Promise<KeyRecord>;
  /** The records that have not expired. */
  readKeys(keyHashes: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>>;

  /** Keeps senders' counts; a greater count stands. */
  putSenderCounts(chatId: string, counts: ReadonlyMap<string, number>): Promise<void>;
  /** Counts kept for senders that have left a head; those never kept are absent. */
  readSenderCounts(chatId: string, senders: readonly string[]): Promise<ReadonlyMap<string, number>>;

  /** Adds 1 to `rest` if it is `rest`, and returns the head after it, whether or not it was. */
  beginFanOut(chatId: string, rest: number): Promise<Head>;
  /** Moves the watermark up to which messages were published forward; one that is already beyond `seq` stays. */
  movePublished(chatId: string, seq: number): Promise<void>;
}

/** The port to the queue that wakes the fan-out consumer. */
export interface ChatActivity {
  /** Returns once the signal is durable. */
  signal(chatId: string, rest: number): Promise<void>;
}
