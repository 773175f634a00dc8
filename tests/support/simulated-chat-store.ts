/** A ChatStore in memory whose every operation is atomic: what the chat's rules are checked on under all interleavings. */
import { type Head, LIMITS, type Membership } from '../../shared/domain/chat-head.ts';
import type { Run } from '../../shared/domain/chat-history.ts';
import type { KeyRecord, NewChat } from '../../shared/domain/chat-store.ts';
import { type Chunk, chunkKeys } from '../../shared/domain/chunk.ts';
import { HeadMovedError } from '../../shared/domain/errors.ts';
import type { Edit } from '../../shared/domain/message-edits.ts';

/** A condition that the store can be told to ignore, to show that the checks notice. */
export type BrokenRule =
  | 'epoch'
  | 'keys'
  | 'rest'
  | 'run-is-absent'
  | 'eviction-moves-epoch'
  | 'counts-are-unchanged'
  | 'keys-are-kept'
  | 'leave-moves-epoch'
  | 'revision'
  | 'edit-is-newer'
  | 'later-membership-stays';

/** One chat's state; the methods of ChatStore are synchronous here, and the chat id is ignored. */
export class SimulatedChatStore {
  head: Head = { seq: 0, epoch: 0, rest: 0, bytes: 0, tail: [], sent: new Map() };
  readonly runs = new Map<number, Run>();
  readonly keys = new Map<string, KeyRecord>();
  readonly senderCounts = new Map<string, number>();
  readonly edits = new Map<number, Edit>();
  published = 0;
  readonly #broken: BrokenRule | undefined;

  constructor(broken?: BrokenRule) {
    this.#broken = broken;
  }

  readHead(): Head {
    return this.head;
  }

  readHeads(chatIds: readonly string[]): ReadonlyMap<string, Head> {
    return new Map(chatIds.map((chatId) => [chatId, this.head]));
  }

  createChat(_chatId: string, { members, ...chat }: NewChat): Head {
    const zeros = new Map(members.map((member) => [member, 0]));
    const membership = { ...chat, joined: zeros, joinKeys: new Map(), revision: 0 };
    return (this.head = this.head.membership ? this.head : { ...this.head, sent: zeros, membership });
  }

  join(_chatId: string, known: Head, member: string, keyHash?: string): Head {
    const { head, membership } = { head: this.head, membership: this.#membership() };
    this.#require('epoch', head.epoch === known.epoch);
    this.#require(undefined, !head.sent.has(member) && head.sent.size < LIMITS.members);
    const joinKeys = new Map([...membership.joinKeys, ...(keyHash === undefined ? [] : [[member, keyHash] as const])]);
    const joined = new Map([...membership.joined, [member, head.seq]]);
    const sent = new Map([...head.sent, [member, 0]]);
    return (this.head = { ...head, sent, membership: { ...membership, joined, joinKeys } });
  }

  leave(_chatId: string, known: Head, member: string, owner: string): Head {
    const { head, membership } = { head: this.head, membership: this.#membership() };
    this.#require('epoch', head.epoch === known.epoch);
    const without = <V>(map: ReadonlyMap<string, V>): Map<string, V> =>
      new Map([...map].filter(([each]) => each !== member));
    const left = { ...membership, owner, joined: without(membership.joined), joinKeys: without(membership.joinKeys) };
    const epoch = this.#broken === 'leave-moves-epoch' ? head.epoch : head.epoch + 1;
    return (this.head = { ...head, epoch, sent: without(head.sent), membership: left });
  }

  addRevision(_chatId: string, known: Head): Head {
    const membership = this.#membership();
    this.#require(undefined, membership.revision === known.membership?.revision);
    return (this.head = { ...this.head, membership: { ...membership, revision: membership.revision + 1 } });
  }

  append(_chatId: string, known: Head, chunk: Chunk, sentBefore: ReadonlyMap<string, number>): Head {
    const { head } = this;
    this.#require('epoch', head.epoch === known.epoch);
    this.#require('rest', head.rest === known.rest);
    const present = new Set(head.tail.flatMap(chunkKeys));
    this.#require(
      'keys',
      chunkKeys(chunk).every((key) => !present.has(key)),
    );
    this.#require(undefined, head.bytes <= LIMITS.headBytes && head.sent.size <= LIMITS.senders);
    const sent = new Map(head.sent);
    for (const { sender } of chunk.messages) sent.set(sender, (sent.get(sender) ?? sentBefore.get(sender) ?? 0) + 1);
    const seq = head.seq + chunk.messages.length;
    return (this.head = { ...head, seq, sent, tail: [...head.tail, chunk], bytes: head.bytes + chunk.bytes });
  }

  trim(_chatId: string, known: Head, count: number): Head {
    const { head } = this;
    this.#require('epoch', head.epoch === known.epoch);
    this.#require('revision', head.membership?.revision === known.membership?.revision);
    const bytes = known.tail.slice(0, count).reduce((left, chunk) => left - chunk.bytes, head.bytes);
    return (this.head = { ...head, tail: head.tail.slice(count), bytes, epoch: head.epoch + 1 });
  }

  evictSenders(_chatId: string, known: Head, senders: readonly string[]): Head {
    const { head } = this;
    this.#require('epoch', head.epoch === known.epoch);
    this.#require(
      'counts-are-unchanged',
      senders.every((sender) => head.sent.get(sender) === known.sent.get(sender)),
    );
    const sent = new Map([...head.sent].filter(([sender]) => !senders.includes(sender)));
    const epoch = this.#broken === 'eviction-moves-epoch' ? head.epoch : head.epoch + 1;
    return (this.head = { ...head, sent, epoch });
  }

  putRun(_chatId: string, run: Run): Run {
    const standing = this.#broken === 'run-is-absent' ? undefined : this.runs.get(run.first);
    if (standing === undefined) this.runs.set(run.first, run);
    return standing ?? run;
  }

  readRuns(_chatId: string, from: number, to: number): Run[] {
    const runs = [...this.runs.values()].filter(({ first, last }) => first <= to && last >= from);
    return runs.toSorted((a, b) => a.first - b.first);
  }

  replaceRun(_chatId: string, run: Run): boolean {
    const isNext = this.runs.get(run.first)?.redactions === run.redactions - 1;
    if (isNext) this.runs.set(run.first, run);
    return isNext;
  }

  readEdits(_chatId: string, from: number, to: number): ReadonlyMap<number, Edit> {
    return new Map([...this.edits].filter(([seq]) => from <= seq && seq <= to));
  }

  readEditsSince(_chatId: string, revision: number): readonly Edit[] {
    return [...this.edits.values()].filter(({ chatRevision }) => chatRevision > revision);
  }

  putEdit(_chatId: string, edit: Edit): boolean {
    const isNewer = (this.edits.get(edit.seq)?.revision ?? 0) < edit.revision || this.#broken === 'edit-is-newer';
    if (isNewer) this.edits.set(edit.seq, edit);
    return isNewer;
  }

  claimKey(record: KeyRecord): KeyRecord {
    const standing = this.keys.get(record.keyHash) ?? record;
    this.keys.set(record.keyHash, standing);
    return standing;
  }

  putKeys(records: readonly KeyRecord[]): void {
    if (this.#broken !== 'keys-are-kept') for (const record of records) this.keys.set(record.keyHash, record);
  }

  readKeys(keyHashes: readonly string[]): ReadonlyMap<string, KeyRecord> {
    return new Map(
      keyHashes.flatMap((keyHash) => (this.keys.has(keyHash) ? [[keyHash, this.keys.get(keyHash)!]] : [])),
    );
  }

  putSenderCounts(_chatId: string, counts: ReadonlyMap<string, number>): void {
    for (const [sender, count] of counts)
      if ((this.senderCounts.get(sender) ?? 0) < count) this.senderCounts.set(sender, count);
  }

  readSenderCounts(_chatId: string, senders: readonly string[]): ReadonlyMap<string, number> {
    return new Map(
      senders.flatMap((sender) => (this.senderCounts.has(sender) ? [[sender, this.senderCounts.get(sender)!]] : [])),
    );
  }

  beginFanOut(_chatId: string, rest: number): Head {
    if (this.head.rest === rest) this.head = { ...this.head, rest: rest + 1 };
    return this.head;
  }

  movePublished(_chatId: string, seq: number): void {
    this.published = Math.max(this.published, seq);
  }

  #membership(): Membership {
    const { membership } = this.head;
    if (membership === undefined) throw new HeadMovedError('refused: an open chat');
    return membership;
  }

  #require(rule: BrokenRule | undefined, holds: boolean): void {
    if (!holds && (rule === undefined || rule !== this.#broken))
      throw new HeadMovedError(`refused: ${rule ?? 'limit'}`);
  }
}
