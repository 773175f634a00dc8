/**
 * Writes messages to one chat from one execution environment. Sends that arrive while a write is in flight go together
 * in the next one, and a send that comes alone is a batch of one.
 */
import { randomUUID } from 'node:crypto';
import { appendOnce } from './append-once.ts';
import { findKeyInTail, type Head, KEPT_MESSAGES, LIMITS, numberTail } from './chat-head.ts';
import { numberRun } from './chat-history.ts';
import type { ChatActivity, ChatStore, KeyRecord } from './chat-store.ts';
import { type ChunkMessage, makeChunk } from './chunk.ts';
import { ChatNotFoundError, HeadMovedError, IdempotencyKeyReusedError } from './errors.ts';
import { GradualArchive } from './gradual-archive.ts';
import { hashText } from './idempotency-key.ts';
import { hasTooManyChunks, isCrowded, makeRoom, type Room, wasCrowdedByNewest } from './make-room.ts';
import { MAX_REFUSALS, SendQueue, type SentMessage, tooBusy, type WaitingSend } from './send-queue.ts';

export interface ChatWriterOptions {
  readonly store: ChatStore;
  readonly activity: ChatActivity;
  /** What may stand in the head before a send makes room: what slows senders down is what keeps the head small. */
  readonly room?: Room;
  /** Waits before a write is tried again. */
  readonly pause?: (ms: number) => Promise<void>;
  readonly now?: () => number;
  readonly newBatchId?: () => string;
}

const DEFAULT_ROOM: Room = { chunks: 16, bytes: 16 * 1024, senders: 192 };
/** How many times as much others may find before they make room too: whoever filled it may have died. */
const PATIENCE = 3;
/** What pauses between refusals grow by; their length is left to chance, so that writers do not meet again. */
const REFUSAL_PAUSE_MS = 10;
/** What waiting for more sends takes at most. */
const MAX_GATHERING_MS = 20;
/** An older head is read anew: it may well have moved, if only its `rest`, and a refused write costs more than a read. */
const HEAD_LIFETIME_MS = 4_000;
/** A signal is repeated after this time, in case it has ended among the dead letters; one too many does no harm. */
const SIGNAL_LIFETIME_MS = 60_000;

export class ChatWriter {
  readonly #chatId: string;
  readonly #store: ChatStore;
  readonly #activity: ChatActivity;
  readonly #room: Room;
  readonly #archive: GradualArchive;
  readonly #pause: (ms: number) => Promise<void>;
  readonly #now: () => number;
  readonly #newBatchId: () => string;
  readonly #queue: SendQueue;
  #writing = false;
  /** Set while the writer waits for more sends before it writes. */
  #gathering: { wanted: number; resolve: () => void } | undefined;
  /** The head as last seen; its epoch is what the next write is made under. */
  #head: Head | undefined;
  #headSeenAt = 0;
  /** Whether it was this writer's last write that crowded the head. */
  #hasCrowded = false;
  /** The value of `rest` that this environment has signalled for. */
  #signalledRest = -1;
  #signalledAt = 0;

  constructor(chatId: string, options: ChatWriterOptions) {
    this.#chatId = chatId;
    this.#store = options.store;
    this.#activity = options.activity;
    this.#room = options.room ?? DEFAULT_ROOM;
    this.#archive = new GradualArchive(options.store, chatId);
    this.#pause = options.pause ?? ((ms) => new Promise((resolve) => void setTimeout(resolve, ms)));
    this.#now = options.now ?? Date.now;
    this.#queue = new SendQueue(this.#now);
    this.#newBatchId = options.newBatchId ?? (() => randomUUID().replaceAll('-', '').slice(0, 22));
  }

  /**
   * Stores a message, once, and answers from what the store holds.
   * @throws IdempotencyKeyReusedError if its key stands for another text; nothing is written
   * @throws ChatNotFoundError if there is no such chat, or the sender is not a member of it; nothing is written
   * @throws StoreUnavailableError if the store does not answer in time, or the chat is too busy: then it may be unknown
   *   whether the message is stored, and a repeat with the same key finds out
   */
  send(message: ChunkMessage): Promise<SentMessage> {
    const sent = this.#queue.add(message);
    this.#wake();
    return sent;
  }

  /** Stores messages in this order, in one write if they fit; each is stored, and may fail, as by `send`. */
  sendAll(messages: readonly ChunkMessage[]): Promise<SentMessage>[] {
    const sent = messages.map((message) => this.#queue.add(message));
    this.#wake();
    return sent;
  }

  /** Whether the head as last seen has the sender as a member. */
  admits(sender: string): boolean {
    return this.#head !== undefined && isAdmitted(this.#head, sender);
  }

  #wake(): void {
    if (!this.#writing) void this.#writeAll();
    else if (this.#gathering && this.#gathering.wanted <= this.#queue.length) this.#gathering.resolve();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue.takeBatch();
      const startedAt = this.#now();
      try {
        await this.#write(batch);
        await this.#gather(batch.length, this.#now() - startedAt);
      } catch (error) {
        this.#head = undefined;
        for (const send of batch) send.reject(error);
      }
    }
    this.#writing = false;
  }

  /**
   * After a write of several sends, waits for as many again while the clients that it answered send their next ones:
   * else the first of them would be written alone, and all others wait for that. It gives up after the time of two such
   * writes, and so costs hardly more than what it avoids. What has crowded the head leaves it in the same time.
   */
  async #gather(wanted: number, writtenInMs: number): Promise<void> {
    const tidied = wanted >= 2 || this.#archive.state !== 'idle' ? this.#tidy() : undefined;
    if (wanted >= 2 && this.#queue.length < wanted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#gathering = { wanted, resolve };
      await Promise.race([promise, this.#pause(Math.min(2 * writtenInMs, MAX_GATHERING_MS))]);
      this.#gathering = undefined;
    }
    await tidied;
  }

  /** Where that fails, the next write meets the same fault and says so. */
  async #tidy(): Promise<void> {
    const head = this.#head;
    if (head === undefined || this.#archive.state === 'copying') return;
    if (this.#archive.state === 'copied') {
      const trimmed = await this.#archive.finish(head).catch(() => head);
      if (trimmed !== head) this.#learn(trimmed);
      if (hasTooManyChunks(trimmed, this.#room)) this.#archive.start(trimmed);
      else this.#hasCrowded = isCrowded(trimmed, this.#room);
    } else if (this.#hasCrowded && hasTooManyChunks(head, this.#room)) {
      this.#hasCrowded = false;
      this.#archive.start(head);
    }
  }

  /** Settles the sends of a batch, or puts them back to wait for the next one. */
  async #write(batch: readonly WaitingSend[]): Promise<void> {
    if (batch.length === 0) return;
    const head = await this.#headThatKnows(batch);
    const admitted = rejectStrangers(head, batch);
    if (admitted.length === 0) return;
    const [known, sentBefore] = await Promise.all([
      this.#readKeys(admitted),
      this.#readSenderCounts(head, admitted),
      this.#signal(head.rest),
    ]);
    if ([...known.values()].some(({ seq }) => seq > head.seq)) {
      this.#learn(await this.#store.readHead(this.#chatId));
      return this.#putBack(admitted, new HeadMovedError('a key stands for a message beyond the head as it was known'));
    }
    const unsettled = await this.#settleRepeats(head, admitted, known);
    if (unsettled.length === 0) return;

    const messages = unsettled.map(({ message }) => message);
    const chunk = makeChunk(this.#newBatchId(), this.#now(), messages);
    const append = { chatId: this.#chatId, head, chunk, sentBefore };
    const outcome = await appendOnce(this.#store, append, this.#pause);
    const after = this.#learn(outcome.head);
    if ('refusal' in outcome) return this.#putBack(unsettled, outcome.refusal);
    this.#hasCrowded = wasCrowdedByNewest(after, this.#room, after.sent.size - head.sent.size);
    await this.#answer(after, unsettled, outcome.first);
  }

  #learn(head: Head): Head {
    this.#head = head;
    this.#headSeenAt = this.#now();
    return head;
  }

  /** In a chat of members, whoever the head as last seen does not know may have joined since. */
  async #headThatKnows(batch: readonly WaitingSend[]): Promise<Head> {
    const seen = this.#head;
    const head = await this.#headWithRoom();
    // One that was read just now is not read again: what a stranger waits for must not tell that there is a chat.
    if (head !== seen || batch.every(({ message }) => isAdmitted(head, message.sender))) return head;
    return this.#learn(await this.#store.readHead(this.#chatId));
  }

  async #headWithRoom(): Promise<Head> {
    for (let round = 0; ; round++) {
      const isOld = this.#now() - this.#headSeenAt > HEAD_LIFETIME_MS;
      const seen = isOld ? undefined : this.#head;
      const head = seen ?? this.#learn(await this.#store.readHead(this.#chatId));
      try {
        const roomy = await makeRoom(this.#store, this.#chatId, head, this.#currentRoom());
        return roomy === head ? head : this.#learn(roomy);
      } catch (error) {
        if (!(error instanceof HeadMovedError)) throw error;
        if (round === MAX_REFUSALS) throw tooBusy(round, error);
        this.#head = error.head;
      } finally {
        this.#hasCrowded = false;
      }
    }
  }

  #currentRoom(): Room {
    if (this.#hasCrowded) return this.#room;
    const { chunks, bytes } = this.#room;
    return { chunks: chunks * PATIENCE, bytes: bytes * PATIENCE, senders: LIMITS.senders };
  }

  /** Before its first write under a value of `rest`, an environment makes sure that the consumer will come. */
  async #signal(rest: number): Promise<void> {
    const now = this.#now();
    if (this.#signalledRest === rest && now - this.#signalledAt < SIGNAL_LIFETIME_MS) return;
    await this.#activity.signal(this.#chatId, rest);
    this.#signalledRest = rest;
    this.#signalledAt = now;
  }

  async #readKeys(batch: readonly WaitingSend[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const keyHashes = batch.flatMap(({ message }) => message.keyHash ?? []);
    return keyHashes.length === 0 ? new Map() : this.#store.readKeys(keyHashes);
  }

  async #readSenderCounts(head: Head, batch: readonly WaitingSend[]): Promise<ReadonlyMap<string, number>> {
    if (head.membership !== undefined) return new Map();
    const unknown = new Set(batch.map(({ message }) => message.sender).filter((sender) => !head.sent.has(sender)));
    return unknown.size === 0 ? new Map() : this.#store.readSenderCounts(this.#chatId, [...unknown]);
  }

  /** Answers the sends whose keys stand for a message already; returns the others. */
  async #settleRepeats(
    head: Head,
    batch: readonly WaitingSend[],
    known: ReadonlyMap<string, KeyRecord>,
  ): Promise<WaitingSend[]> {
    const unsettled: WaitingSend[] = [];
    for (const send of batch) {
      const { keyHash, text } = send.message;
      const inTail = keyHash === undefined ? undefined : findKeyInTail(head, keyHash);
      const record = keyHash === undefined ? undefined : known.get(keyHash);
      const seq = inTail?.seq ?? record?.seq;
      if (seq === undefined) unsettled.push(send);
      else if (inTail === undefined ? record?.textHash === hashText(text) : inTail.text === text)
        await this.#answer(head, [send], seq, true).catch(send.reject);
      else send.reject(new IdempotencyKeyReusedError('the idempotency key was used before, with another text'));
    }
    return unsettled;
  }

  async #putBack(sends: readonly WaitingSend[], refusal: HeadMovedError): Promise<void> {
    const refusals = this.#queue.putBack(sends, refusal);
    if (refusals > 1) await this.#pause(Math.random() * refusals * REFUSAL_PAUSE_MS);
  }

  /** Answers sends whose messages stand in a row from `first` on. */
  async #answer(head: Head, sends: readonly WaitingSend[], first: number, isRepeat = false): Promise<void> {
    const from = Math.max(1, first + 1 - KEPT_MESSAGES);
    const messages = numberTail(head, from);
    const oldest = messages[0]?.seq ?? head.seq + 1;
    if (oldest > from) {
      const runs = await this.#store.readRuns(this.#chatId, from, oldest - 1);
      messages.unshift(...runs.flatMap(numberRun).filter(({ seq }) => seq >= from && seq < oldest));
    }
    for (const [index, send] of sends.entries()) {
      const seq = first + index;
      const end = seq - from + 1;
      const lastMessages = messages.slice(Math.max(0, end - KEPT_MESSAGES), end);
      send.resolve({ seq, lastMessages, isRepeat, members: head.sent });
    }
  }
}

/** As long as the epoch stands, so does everybody's membership: no further condition has to say so. */
function isAdmitted({ membership, sent }: Head, sender: string): boolean {
  return membership === undefined || sent.has(sender);
}

/** Answers those who are no members before anything else is asked of the store; returns the others. */
function rejectStrangers(head: Head, sends: readonly WaitingSend[]): WaitingSend[] {
  const strangers = sends.filter(({ message }) => !isAdmitted(head, message.sender));
  for (const { reject } of strangers) reject(new ChatNotFoundError('the sender is not a member of the chat'));
  return sends.filter(({ message }) => isAdmitted(head, message.sender));
}
