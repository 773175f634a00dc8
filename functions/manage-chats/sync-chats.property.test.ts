/**
 * Whoever follows the feed of changes ends with what the chats hold, whatever happens in them meanwhile, however little an
 * answer may hold, and however many answers are lost.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { makeRoom } from '../../shared/domain/make-room.ts';
import { sendMemberMessages } from '../../shared/domain/send-member-messages.ts';
import { deleteMessage } from '../exchange-messages/delete-message.ts';
import { editMessage } from '../exchange-messages/edit-message.ts';
import { markRead } from '../exchange-messages/mark-read.ts';
import { check } from '../../tests/support/chat-checks.ts';
import { type ChatDatabase, startChatDatabase } from '../../tests/support/chat-database.ts';
import { type ChatPorts, connectPorts } from '../../tests/support/chat-ports.ts';
import { addMember } from './add-member.ts';
import { createChat } from './create-chat.ts';
import { openDirectChat } from './open-direct-chat.ts';
import { removeMember } from './remove-member.ts';
import { syncChats } from './sync-chats.ts';

let database: ChatDatabase;
let ports: ChatPorts;

beforeAll(async () => {
  database = await startChatDatabase();
  ports = connectPorts(database);
});
afterAll(() => database.stop());

/** A client that knows of its chats only what the feed has told. */
class Follower {
  chats = new Map<string, { texts: Map<number, string>; readSeq: number; marks: Map<string, number> }>();
  readonly #user: string;
  #cursor: string | undefined;
  /** What it has written down. */
  #kept: Pick<Follower, 'chats'> & { cursor: string | undefined } = { chats: this.chats, cursor: undefined };

  constructor(user: string) {
    this.#user = user;
  }

  /** @param isLost whether the answer does not arrive @returns whether there is more */
  async sync(limit: number, isLost = false): Promise<boolean> {
    const changes = await syncChats(ports, { user: this.#user, since: this.#cursor, limit });
    if (isLost) return true;
    this.#cursor = changes.cursor;
    for (const chatId of changes.left) this.chats.delete(chatId);
    for (const { chat_id: chatId, messages, edits, read_seq: readSeq, marks } of changes.chats) {
      const texts = this.chats.get(chatId)?.texts ?? new Map<number, string>();
      for (const { seq, text } of messages) texts.set(seq, text);
      for (const { seq, text } of edits) if (texts.has(seq)) texts.set(seq, text);
      const marksNow = new Map(marks.map(({ user_id: member, read_seq: seq }) => [member, seq]));
      this.chats.set(chatId, { texts, readSeq, marks: marksNow });
    }
    return changes.more;
  }

  keep(): void {
    this.#kept = structuredClone({ chats: this.chats, cursor: this.#cursor });
  }

  /** It ends, and goes on with what it had written down: later cursors than that have been used meanwhile. */
  crash(): void {
    const { chats, cursor } = structuredClone(this.#kept);
    this.chats = chats;
    this.#cursor = cursor;
  }
}

const step = fc.record({
  action: fc.constantFrom(
    'send',
    'send',
    'edit',
    'edit',
    'edit',
    'delete',
    'read',
    'add',
    'remove',
    'archive',
    'sync',
    'sync',
    'sync',
    'keep',
    'crash',
  ),
  chat: fc.nat(2),
  by: fc.nat(2),
  place: fc.nat(30),
  isLost: fc.boolean(),
  limit: fc.integer({ min: 1, max: 5 }),
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Whoever is no member, or has not written it, is refused, and nothing has changed. */
const refused = (): undefined => undefined;

class Scene {
  readonly #users = ['ann', 'bob', 'cat'].map((name) => `${name}-${randomUUID()}`);
  readonly follower: Follower;
  #chats: string[] = [];
  /** What was sent, by whom. */
  readonly #messages: { readonly user: string; readonly chatId: string; readonly seq: number }[] = [];
  #texts = 0;

  constructor() {
    this.follower = new Follower(this.#users[1]!);
  }

  async begin(): Promise<void> {
    const [ann = '', bob = '', cat = ''] = this.#users;
    const group = async (owner: string): Promise<string> => createChat(ports, { owner, name: 'group' });
    this.#chats = [await group(ann), await group(bob), await openDirectChat(ports, { user: bob, companion: cat })];
    await this.follower.sync(100);
    this.follower.keep();
  }

  async play({ action, chat, by, place, isLost, limit }: Step): Promise<void> {
    const [user, other, chatId] = [this.#users[by]!, this.#users[(by + 1) % 3]!, this.#chats[chat]!];
    const written = this.#messages[place % Math.max(1, this.#messages.length)];
    switch (action) {
      case 'send': {
        const texts = Array.from({ length: 1 + (place % 4) }, () => `text ${this.#texts++}`);
        const seqs = await sendMemberMessages(ports, { user, chatId, texts }).catch(refused);
        this.#messages.push(...(seqs ?? []).map((seq) => ({ user, chatId, seq })));
        break;
      }
      case 'edit':
        if (written) await editMessage(ports, { ...written, text: `edited ${this.#texts++}` }).catch(refused);
        break;
      case 'delete':
        if (written) await deleteMessage(ports, written).catch(refused);
        break;
      case 'read':
        await markRead(ports, { user, chatId, seq: 1 + place }).catch(refused);
        break;
      case 'add':
        await addMember(ports, { caller: user, chatId, userName: other }).catch(refused);
        break;
      case 'remove':
        await removeMember(ports, { caller: user, chatId, user: other }).catch(refused);
        break;
      case 'archive':
        await makeRoom(ports.chats, chatId, await ports.chats.readHead(chatId), { chunks: 0, bytes: 0, senders: 9 });
        break;
      case 'sync':
        await this.follower.sync(limit, isLost);
        break;
      case 'keep':
        this.follower.keep();
        break;
      case 'crash':
        this.follower.crash();
    }
  }

  /** What the follower must know of each chat that it is a member of. */
  async check(): Promise<void> {
    const bob = this.#users[1]!;
    for (const chatId of this.#chats) {
      const head = await ports.chats.readHead(chatId);
      const known = this.follower.chats.get(chatId);
      if (!head.sent.has(bob)) {
        check(known === undefined, 'a chat that was left is still there');
        continue;
      }
      const first = Math.min(...(known?.texts.keys() ?? []), head.seq + 1);
      const listed = await ports.reader.read(chatId, head, first, head.seq);
      const expected = listed.map(({ seq, text }) => [seq, text]);
      check(isDeepStrictEqual([...(known?.texts ?? [])], expected), 'the follower has other messages than the chat');
      const entry = await ports.inbox.read(bob, chatId);
      const read = Math.max(entry!.read, head.membership!.joined.get(bob) ?? 0);
      check(
        known === undefined || known.readSeq === read,
        `the follower's mark is at ${known?.readSeq}, not at ${read}`,
      );
      const companion = head.membership?.kind === 'direct' ? this.#users[2]! : undefined;
      if (companion === undefined || known === undefined) continue;
      const companionRead = (await ports.inbox.read(companion, chatId))?.read;
      check(known.marks.get(companion) === companionRead, `the companion's mark is not at ${companionRead}`);
    }
  }
}

test('a follower misses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps) => {
      const scene = new Scene();
      await scene.begin();
      for (const each of steps) await scene.play(each);
      while (await scene.follower.sync(3));
      await scene.check();
    }),
    { numRuns: 40 },
  );
}, 120_000);
