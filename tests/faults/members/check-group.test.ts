/** Each promise to members, broken in a record made by hand, is named with the calls that it concerns. */
import { describe, expect, test } from 'vitest';
import type { Head } from '../../../shared/domain/chat-head.ts';
import { makeChunk } from '../../../shared/domain/chunk.ts';
import { listMessages } from '../../support/chat-checks.ts';
import type { SeenHead } from '../head-watch.ts';
import { checkGroup } from './check-group.ts';
import {
  type AddCall,
  type ChangeCall,
  type ListCall,
  type MarkCall,
  MemberRecord,
  type MessageCall,
  type PageCall,
  type RemoveCall,
  type ShowCall,
} from './member-record.ts';
import type { StoredGroup } from './stored-group.ts';

const ANN = 'ann';
const BOB = 'bob';
const CHAT = 'chat';

/** The n-th message was written n * 100 ms after 0, and both users joined before the first one. */
function store(messages: readonly (readonly [sender: string, text: string])[], archived = 0): StoredGroup {
  const chunks = messages.map(([sender, text], index) =>
    makeChunk(`batch ${index}`, (index + 1) * 100, [{ sender, text }]),
  );
  const count = (user: string): number => messages.filter(([sender]) => sender === user).length;
  const zeros = new Map([
    [ANN, 0],
    [BOB, 0],
  ]);
  const head: Head = {
    seq: messages.length,
    epoch: 0,
    rest: 0,
    bytes: 0,
    tail: chunks.slice(archived),
    sent: new Map([
      [ANN, count(ANN)],
      [BOB, count(BOB)],
    ]),
    membership: { kind: 'group', name: '', createdAt: 0, owner: ANN, joined: zeros, joinKeys: new Map(), revision: 0 },
  };
  const run = { first: 1, last: archived, chunks: chunks.slice(0, archived), sentBefore: zeros, redactions: 0 };
  const entry = { read: 0, own: 0, received: 0, epoch: 0 };
  return {
    head,
    messages: listMessages(head, archived === 0 ? [] : [run]),
    published: messages.length,
    entries: new Map([
      [ANN, entry],
      [BOB, entry],
    ]),
  };
}

/** Heads as the store answered with them: one before each message, and the last one. */
function headsOf({ head }: StoredGroup): SeenHead[] {
  const joined = head.membership?.joined ?? new Map();
  return Array.from({ length: head.seq + 1 }, (_, seq) => ({ seq, epoch: 0, sent: joined, joined }));
}

/** Writes calls into a record; their times are milliseconds after 0, at which both users had been added. */
class Story {
  readonly record = new MemberRecord();

  constructor() {
    this.add(ANN, -20, -15);
    this.add(BOB, -10, -5);
  }

  /** A send that was acknowledged as the n-th message. */
  sent(group: StoredGroup, seq: number, change: Partial<MessageCall> = {}): this {
    const { sender, text, createdAt } = group.messages[seq - 1]!;
    const call = { ...this.#call(sender, createdAt - 10, createdAt + 10), sender, text, key: undefined, status: 201 };
    this.record.sends.push({ ...call, answer: { message_id: String(seq) }, ...change });
    return this;
  }

  add(other: string, startedAtMs: number, endedAtMs: number, change: Partial<AddCall> = {}): this {
    const key = `add ${startedAtMs}`;
    this.record.adds.push({ ...this.#call(ANN, startedAtMs, endedAtMs), other, key, status: 201, ...change });
    return this;
  }

  remove(other: string, startedAtMs: number, endedAtMs: number, change: Partial<RemoveCall> = {}): this {
    this.record.removals.push({ ...this.#call(ANN, startedAtMs, endedAtMs), other, status: 204, ...change });
    return this;
  }

  /** What a user was told by a list: unread messages, mark, and the newest message. */
  list(user: string, startedAtMs: number, told?: { unread: number; read: number; seq: number }): this {
    const call: ListCall = { ...this.#call(user, startedAtMs, startedAtMs + 5), status: 200, chat: null };
    const { unread = 0, read = 0, seq = 0 } = told ?? {};
    const last = { message_id: `${seq}`, seq, user_id: ANN, text: `m${seq}`, created_at: timeOf(seq) };
    const chat = { chat_id: CHAT, chat_name: '', kind: 'group' as const, unread_count: unread, read_seq: read };
    this.record.lists.push(
      told === undefined ? call : { ...call, chat: seq === 0 ? chat : { ...chat, last_message: last } },
    );
    return this;
  }

  show(startedAtMs: number, seq: number, marks: Readonly<Record<string, number>>): this {
    const members = Object.entries(marks).map(([user, read]) => ({
      user_id: user,
      user_name: user,
      role: 'member' as const,
      read_seq: read,
    }));
    const details = { chat_id: CHAT, chat_name: '', kind: 'group' as const, created_at: timeOf(0), seq, members };
    const call: ShowCall = { ...this.#call(ANN, startedAtMs, startedAtMs + 5), status: 200, details };
    this.record.shows.push(call);
    return this;
  }

  mark(user: string, startedAtMs: number, seq: number): this {
    const call: MarkCall = { ...this.#call(user, startedAtMs, startedAtMs + 5), status: 204, seq };
    this.record.marks.push(call);
    return this;
  }

  change(seq: number, startedAtMs: number, text?: string, change: Partial<ChangeCall> = {}): this {
    const call: ChangeCall = { ...this.#call(ANN, startedAtMs, startedAtMs + 5), status: 200, seq, text };
    this.record.changes.push({ ...call, ...change });
    return this;
  }

  /** A page of one message of ann's. */
  page(seq: number, startedAtMs: number, text: string, state: { edited_at?: string; deleted_at?: string } = {}): this {
    const message = { message_id: `${seq}`, seq, user_id: ANN, text, created_at: timeOf(seq), ...state };
    const call: PageCall = { ...this.#call(BOB, startedAtMs, startedAtMs + 5), status: 200, messages: [message] };
    this.record.pages.push(call);
    return this;
  }

  found(group: StoredGroup, heads = headsOf(group)): string[] {
    return checkGroup(group, this.record, { publications: [], heads }).map(({ message }) => message);
  }

  #call(user: string, startedAtMs: number, endedAtMs: number) {
    return { ...this.record.begin('', { user }), startedAtMs, endedAtMs };
  }
}

const timeOf = (seq: number): string => new Date(seq * 100).toISOString();
const EDITED = { edited_at: timeOf(9) };
const DELETED = { deleted_at: timeOf(9) };
const group = store([
  [ANN, 'm1'],
  [BOB, 'm2'],
  [ANN, 'm3'],
]);
const told = () => new Story().sent(group, 1).sent(group, 2).sent(group, 3);

test('a run that keeps everything has no violation', () => {
  const story = told()
    .list(BOB, 310, { unread: 2, read: 0, seq: 3 })
    .mark(BOB, 320, 2)
    .list(BOB, 330, { unread: 1, read: 2, seq: 3 })
    .show(340, 3, { [ANN]: 0, [BOB]: 2 })
    .change(3, 350, 'new')
    .page(3, 360, 'new', EDITED)
    .change(3, 370)
    .page(3, 380, '', DELETED)
    .page(1, 390, 'm1')
    .remove(BOB, 400, 410)
    .list(BOB, 420)
    .show(430, 3, { [ANN]: 0 });
  expect(story.found(group)).toEqual([]);
});

describe('found:', () => {
  test('an acknowledged message that is lost', () => {
    const lost = store([[ANN, 'm1']]);
    expect(told().found(lost)).toContain('message 2 was acknowledged and is lost: there is none');
  });

  test('an unread count that counting does not give', () => {
    expect(told().list(BOB, 310, { unread: 1, read: 0, seq: 3 }).found(group)).toEqual([
      'bob was told of 1 unread messages of 1..3: 2',
    ]);
  });

  test('a mark that moves back', () => {
    expect(told().mark(BOB, 310, 2).list(BOB, 320, { unread: 2, read: 0, seq: 3 }).found(group)).toEqual([
      'the mark of bob has moved back from 2 to 0',
    ]);
  });

  test('a mark from before a membership', () => {
    const story = told()
      .remove(BOB, 310, 315)
      .show(320, 3, { [ANN]: 0 })
      .add(BOB, 330, 335);
    expect(story.show(340, 3, { [ANN]: 0, [BOB]: 1 }).found(group)).toEqual([
      'the mark of bob has moved back from 3 to 1',
    ]);
  });

  test('a chat seen as it was before', () => {
    expect(told().list(BOB, 320, { unread: 1, read: 0, seq: 1 }).found(group)).toEqual([
      'the chat was seen at 1 after it had been at 3',
    ]);
  });

  test('a message of somebody who was removed before sending it', () => {
    expect(told().remove(BOB, 110, 120).found(group)).toEqual([
      'a message of bob is stored that was sent while not being a member',
    ]);
  });

  test('a message of somebody who was no member at its place in the order', () => {
    const [first, second, ...later] = headsOf(group);
    const annOnly = new Map([[ANN, 0]]);
    const withoutBob = { ...second!, sent: annOnly, joined: annOnly };
    const heads = [first!, withoutBob, ...later.map((head) => ({ ...head, epoch: 1 }))];
    expect(told().found(group, heads)).toContain('message 2 is of bob, who was not a member at 1');
  });

  test('a member who is said to have joined before', () => {
    const annOnly = new Map([[ANN, 0]]);
    const heads = headsOf(group).map((head) => (head.seq < 3 ? head : { ...head, epoch: 1 }));
    const absent = { seq: 2, epoch: 1, sent: annOnly, joined: annOnly };
    expect(told().found(group, [...heads, absent])).toContain(
      'bob is said to have joined at 0, but was not a member at 2',
    );
  });

  test('messages that the head counts of a stranger', () => {
    const heads = [...headsOf(group), { seq: 3, epoch: 1, sent: new Map([['eve', 1]]), joined: new Map() }];
    expect(told().found(group, heads)).toContain('the head at 3 counts messages of eve, who is not a member');
  });

  test("a chat that is missing in a member's list", () => {
    expect(told().list(BOB, 310).found(group)).toEqual(['the chat is not in the list of bob, who is a member']);
  });

  test('a chat in the list of somebody who was removed', () => {
    const story = told().remove(BOB, 310, 320).list(BOB, 330, { unread: 2, read: 0, seq: 3 });
    expect(story.found(group)).toEqual(['the chat is in the list of bob, who is not a member']);
  });

  test('somebody added by a key that was used before the removal', () => {
    const story = told()
      .remove(BOB, 310, 320)
      .add(BOB, 330, 340, { key: 'add -10' })
      .list(BOB, 350, { unread: 2, read: 0, seq: 3 });
    expect(story.found(group)).toEqual(['the chat is in the list of bob, who is not a member']);
  });

  test('not: what may be because of a removal without an answer', () => {
    const story = told().remove(BOB, 310, 320, { status: 503 }).list(BOB, 330);
    expect(story.found(group)).toEqual([]);
  });

  test('a member who is refused as a stranger', () => {
    const refused = { status: 404, heard: '{"message":"chat-not-found"}' };
    expect(told().remove(BOB, 310, 320, refused).found(group)).toEqual([
      'ann was refused as a stranger, and is a member',
    ]);
  });

  test('a stranger who is answered', () => {
    expect(told().remove(BOB, 310, 320).mark(BOB, 330, 3).found(group)).toEqual([
      'bob was answered as a member, and is none',
    ]);
  });

  test('a removed member who is shown', () => {
    expect(
      told()
        .remove(BOB, 310, 320)
        .show(330, 3, { [ANN]: 0, [BOB]: 0 })
        .found(group),
    ).toEqual(['bob is shown among the members, and is none']);
  });

  test('a member without an inbox entry', () => {
    const entries = new Map([...group.entries].filter(([user]) => user !== BOB));
    expect(told().found({ ...group, entries })).toEqual(['bob is a member without an inbox entry']);
  });

  test('a mark that counts own messages wrong', () => {
    const entries = new Map([...group.entries, [BOB, { read: 3, own: 0, received: 0, epoch: 0 }]]);
    expect(told().found({ ...group, entries })).toEqual([
      'the mark of bob counts 0 own messages up to 3, 1 are stored',
    ]);
  });

  test('an edit that does not show', () => {
    expect(told().change(3, 310, 'new').page(3, 320, 'm3').found(group)).toEqual(['message 3 was shown as "m3"']);
  });

  test('an edit that shows after a later one', () => {
    const story = told().change(3, 310, 'new').change(3, 320, 'newer').page(3, 330, 'new', EDITED);
    expect(story.found(group)).toEqual(['message 3 was shown as "new", which was not its last edit']);
  });

  test('a text that nobody has sent', () => {
    expect(told().page(3, 310, 'other', EDITED).found(group)).toEqual([
      'message 3 was shown as "other", which was not its last edit',
    ]);
  });

  test('a deleted message that shows', () => {
    expect(told().change(3, 310).page(3, 320, 'm3').found(group)).toEqual([
      'message 3 was shown after it had been deleted',
    ]);
  });

  test('a text that was deleted and is in the history', () => {
    const archived = store(
      [
        [ANN, 'm1'],
        [ANN, 'm2'],
      ],
      1,
    );
    const story = new Story().sent(archived, 1).sent(archived, 2).change(1, 310);
    expect(story.found(archived)).toEqual(['message 1 was deleted, but its text is in the history']);
  });

  test('an answer that the API does not promise', () => {
    expect(told().add(BOB, 310, 320, { status: 401 }).found(group)).toEqual(['a call was answered with 401']);
  });

  test('a head that counts messages of before joining', () => {
    const sent = new Map([...group.head.sent, [BOB, 2]]);
    expect(told().found({ ...group, head: { ...group.head, sent } })).toEqual([
      'the head counts 2 of bob since joining, 1 are stored',
    ]);
  });
});
