/** A scenario of members who send, read, join, leave, edit and delete over a faulty network, and what must be true after it. */
import { addMember } from '../../functions/manage-chats/add-member.ts';
import { removeMember } from '../../functions/manage-chats/remove-member.ts';
import { deleteMessage } from '../../functions/exchange-messages/delete-message.ts';
import { editMessage } from '../../functions/exchange-messages/edit-message.ts';
import { markRead } from '../../functions/exchange-messages/mark-read.ts';
import { fanOutChat } from '../../functions/fan-out/fan-out-chat.ts';
import { FIRST_EPOCH } from '../../shared/domain/chat-head.ts';
import { ChatReader } from '../../shared/domain/chat-reader.ts';
import { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { readInbox } from '../../shared/domain/inbox.ts';
import { NO_LIVE_FEED } from '../../shared/domain/live-events.ts';
import type { ListedMessage } from '../../shared/domain/message-edits.ts';
import { countUnread, effectiveMark } from '../../shared/domain/unread.ts';
import { check, listMessages } from './chat-checks.ts';
import { connect, type Fault, FaultyNetwork } from './faulty-network.ts';
import { type BrokenRule, SimulatedChatStore } from './simulated-chat-store.ts';
import { SimulatedInbox } from './simulated-inbox.ts';
import { simulatedPeople as people } from './simulated-people.ts';

export const USERS = ['ann', 'bob', 'cat', 'dan'];
const CHAT = 'chat';
/** So small that a few messages make archives work. */
const ROOM = { chunks: 1, bytes: 1_000_000, senders: 1 };

export interface MemberStep {
  /** Each user has one client, which does one thing after another. */
  readonly user: number;
  readonly action: 'send' | 'read' | 'list' | 'add' | 'remove' | 'edit' | 'delete' | 'consume';
  /** Whom to add or remove. */
  readonly other: number;
  /** Which message, counted back from the newest that the user knows of. */
  readonly back: number;
}

export interface MembersScenarioOptions {
  readonly steps: readonly MemberStep[];
  readonly faults: readonly Fault[];
  readonly broken?: BrokenRule;
}

/** What a user's client was told of the user's unread messages, and by which head and mark. */
interface Listing {
  readonly user: string;
  readonly unread: number;
  readonly read: number;
  readonly seq: number;
}

/** What became of edits and deletes of one message, in the order in which its author asked for them. */
interface Change {
  readonly seq: number;
  /** Undefined for a delete. */
  readonly text: string | undefined;
  state: 'asked' | 'done' | 'refused';
}

/** Errors that a client of this scenario may be answered with. */
const EXPECTED_ERRORS = [
  'ChatNotFoundError',
  'ConflictError',
  'ForbiddenError',
  'MessageNotFoundError',
  'RequestError',
  'StoreUnavailableError',
  'UserNotFoundError',
];

type Connected = ReturnType<typeof connect> & { readonly writer: ChatWriter; readonly crashed: Promise<void> };

export class MembersScenario {
  readonly store: SimulatedChatStore;
  readonly inbox: SimulatedInbox;
  readonly #signals: { chatId: string; rest: number }[] = [];
  readonly #network: FaultyNetwork;
  readonly #options: MembersScenarioOptions;
  readonly #yield: (label: string) => Promise<unknown>;
  readonly #environments = new Map<string, Connected>();
  readonly #sent: { readonly user: string; readonly text: string; seq?: number }[] = [];
  readonly #listings: Listing[] = [];
  readonly #changes: Change[] = [];
  #ids = 0;

  constructor(options: MembersScenarioOptions, yieldToOthers: (label: string) => Promise<unknown>) {
    const faults = [...options.faults];
    this.#options = options;
    this.#yield = yieldToOthers;
    this.store = new SimulatedChatStore(options.broken);
    this.inbox = new SimulatedInbox(CHAT, options.broken);
    this.#network = new FaultyNetwork({ yield: yieldToOthers, nextFault: () => faults.shift() });
    const [owner = ''] = USERS;
    this.inbox.add(owner, CHAT, FIRST_EPOCH);
    this.store.createChat(CHAT, { kind: 'group', name: 'chat', createdAt: 0, owner, members: [owner] });
  }

  async play(): Promise<void> {
    const byUser = Map.groupBy(this.#options.steps, ({ user }) => user);
    await Promise.all([...byUser].map(([user, steps]) => this.#playUser(USERS[user] ?? '', steps)));
    await this.#network.drain();
  }

  /** Every signal that was not handled is delivered again. */
  async settle(): Promise<void> {
    while (this.#signals.length > 0) await this.#consume('late consumer');
  }

  /** @throws Violation that names the first promise found broken */
  check(): void {
    const { head } = this.store;
    const stored = listMessages(head, this.store.readRuns(CHAT, 1, head.seq));
    check(stored.length === head.seq, `seq is ${head.seq}, ${stored.length} messages are stored`);
    const joined = head.membership?.joined ?? new Map<string, number>();
    check([...joined.keys()].toSorted().join() === [...head.sent.keys()].toSorted().join(), 'a stranger has sent');
    for (const listing of this.#listings) this.#checkListing(listing, stored);
    for (const user of head.sent.keys()) {
      const mark = this.inbox.read(user);
      check(mark !== undefined, `${user} is a member without an inbox entry`);
      const { read } = effectiveMark(head, user, mark);
      this.#checkListing({ user, unread: countUnread(head, user, mark), read, seq: head.seq }, stored);
    }
    this.#checkSent(stored);
    this.#checkChanges();
    this.#checkMarksGrow();
  }

  #checkListing({ user, unread, read, seq }: Listing, stored: readonly ListedMessage[]): void {
    const naive = stored.slice(read, seq).filter(({ sender }) => sender !== user).length;
    check(unread === naive, `${user} was told of ${unread} unread messages of ${read + 1}..${seq}, there are ${naive}`);
  }

  /** What was acknowledged is stored once, under its number, unless its text was taken out. */
  #checkSent(stored: readonly ListedMessage[]): void {
    for (const { user, text, seq } of this.#sent) {
      const copies = stored.filter((message) => message.text === text);
      check(copies.length <= 1, `"${text}" is stored ${copies.length} times`);
      if (seq === undefined) continue;
      const message = stored[seq - 1];
      check(message?.sender === user, `message ${seq} was acknowledged to ${user} but is of ${message?.sender}`);
      const isRedacted = message.text === '' && this.store.edits.get(seq)?.text === undefined;
      check(message.text === text || isRedacted, `message ${seq} was acknowledged as "${text}"`);
    }
  }

  #checkChanges(): void {
    for (const [seq, changes] of Map.groupBy(this.#changes, (change) => change.seq)) {
      const standing = this.store.edits.get(seq);
      const asked = changes.filter(({ state }) => state !== 'refused');
      if (changes.some(({ text, state }) => text === undefined && state === 'done')) {
        check(standing !== undefined && standing.text === undefined, `message ${seq} was deleted, and is there again`);
        const run = this.store.readRuns(CHAT, seq, seq)[0];
        const archived = run?.chunks.flatMap(({ messages }) => messages)[seq - run.first];
        const isInHead = this.store.head.seq - seq < this.store.head.tail.flatMap(({ messages }) => messages).length;
        check(isInHead || archived?.text === '', `message ${seq} was deleted, but its text is in the history`);
      } else if (asked.every(({ state, text }) => state === 'done' && text !== undefined) && asked.length > 0)
        check(standing?.text === asked.at(-1)?.text, `message ${seq} is not as it was edited last`);
    }
  }

  /** A client that asks again never finds more unread than before but for messages that came since. */
  #checkMarksGrow(): void {
    for (const [user, listings] of Map.groupBy(this.#listings, (listing) => listing.user))
      for (const [index, { read }] of listings.entries())
        check(index === 0 || read >= listings[index - 1]!.read, `the mark of ${user} has moved back to ${read}`);
  }

  async #playUser(user: string, steps: readonly MemberStep[]): Promise<void> {
    let known = 0;
    for (const step of steps) {
      await this.#yield(`${user} ${step.action}`);
      const environment = this.#environmentOf(user);
      const acting = this.#act(environment, user, step, known).then(
        (seq) => (known = Math.max(known, seq)),
        (error: unknown) => {
          const name = error instanceof Error ? error.name : String(error);
          const stack = error instanceof Error ? error.stack : '';
          check(EXPECTED_ERRORS.includes(name), `${user} ${step.action} failed: ${stack}`);
        },
      );
      await Promise.race([acting, environment.crashed]);
    }
  }

  /** @returns the newest message that the user knows of now */
  async #act(environment: Connected, user: string, step: MemberStep, known: number): Promise<number> {
    const { store: chats, inbox } = environment;
    const stores = { chats, inbox, people, reader: new ChatReader(chats), live: NO_LIVE_FEED };
    const seq = Math.max(1, known - step.back);
    const other = USERS[step.other] ?? '';
    switch (step.action) {
      case 'send':
        return this.#send(environment, user);
      case 'list':
        return this.#list(environment, user);
      case 'read':
        await markRead(stores, { user, chatId: CHAT, seq });
        return 0;
      case 'add': {
        const key = `key ${this.#ids++}`;
        await this.#repeat(() => addMember(stores, { caller: user, chatId: CHAT, userName: other, key }));
        return 0;
      }
      case 'remove':
        await removeMember(stores, { caller: user, chatId: CHAT, user: other });
        return 0;
      case 'edit': {
        const text = `edited ${this.#ids++}`;
        await this.#change({ seq, text, state: 'asked' }, () => editMessage(stores, { user, chatId: CHAT, seq, text }));
        return 0;
      }
      case 'delete':
        await this.#change({ seq, text: undefined, state: 'asked' }, () =>
          deleteMessage(stores, { user, chatId: CHAT, seq }),
        );
        return 0;
      case 'consume':
        await this.#consume(`consumer of ${user}`);
        return 0;
    }
  }

  async #send({ writer }: Connected, user: string): Promise<number> {
    const text = `message ${this.#ids++}`;
    const outcome: { readonly user: string; readonly text: string; seq?: number } = { user, text };
    this.#sent.push(outcome);
    const { seq } = await this.#repeat(() => writer.send({ sender: user, text, keyHash: `key of ${text}` }));
    outcome.seq = seq;
    return seq;
  }

  async #list({ store, inbox }: Connected, user: string): Promise<number> {
    const states = await readInbox(inbox, (chatIds) => store.readHeads(chatIds), user);
    const state = states.get(CHAT);
    if (state === undefined) return 0;
    const { head, mark } = state;
    const { read } = effectiveMark(head, user, mark);
    this.#listings.push({ user, unread: countUnread(head, user, mark), read, seq: head.seq });
    return head.seq;
  }

  async #change(change: Change, make: () => Promise<unknown>): Promise<void> {
    this.#changes.push(change);
    try {
      await make();
      change.state = 'done';
    } catch (error) {
      // Only what the store did not answer may still have been made.
      if (!(error instanceof Error && error.name === 'StoreUnavailableError')) change.state = 'refused';
      throw error;
    }
  }

  /** As a client that gets no answer, three times. */
  async #repeat<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (attempt === 3 || !(error instanceof Error && error.name === 'StoreUnavailableError')) throw error;
      }
    }
  }

  #environmentOf(user: string): Connected {
    const name = `env${USERS.indexOf(user) % 2}`;
    const standing = this.#environments.get(name);
    if (standing !== undefined) return standing;
    const { promise: crashed, resolve } = Promise.withResolvers<void>();
    const ports = connect(this.#network, name, this.#ports(), () => {
      this.#environments.delete(name);
      resolve();
    });
    const writer = new ChatWriter(CHAT, {
      ...ports,
      room: ROOM,
      pause: async () => void (await this.#yield(`${name} pause`)),
      now: () => 0,
      newBatchId: () => `${name}-${this.#ids++}`,
    });
    const connected = { ...ports, writer, crashed };
    this.#environments.set(name, connected);
    return connected;
  }

  #ports() {
    return { store: this.store, inbox: this.inbox, signals: this.#signals };
  }

  async #consume(name: string): Promise<void> {
    const signal = this.#signals[0];
    if (signal === undefined) return;
    const { promise: crashed, resolve: crash } = Promise.withResolvers<void>();
    const { store } = connect(this.#network, name, this.#ports(), crash);
    const handling = fanOutChat({ store, live: NO_LIVE_FEED }, signal.chatId, signal.rest, ROOM).then(
      () => this.#signals.splice(this.#signals.indexOf(signal), 1),
      () => [],
    );
    await Promise.race([handling, crashed]);
  }
}
