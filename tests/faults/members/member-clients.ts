/** The clients of a group chat's members: they play a plan's steps. */
import { MessageSender } from '../message-sender.ts';
import { Persistence } from '../persistence.ts';
import type { Call } from '../record.ts';
import type { User } from './enrol-users.ts';
import { type KnownMessage, knownMessages, type MemberRecord, type PageCall } from './member-record.ts';
import { CREATION_KEY, MembersApi } from './members-api.ts';
import type { Admit, AtMessage, Look, MemberClient, MembersWave, MemberStep } from './members-wave.ts';

const PAGE_MESSAGES = 20;
const MAX_PAGE_MESSAGES = 1_000;

export class MemberClients {
  readonly #users: readonly User[];
  readonly #api: MembersApi;
  readonly #persistence = new Persistence();
  readonly #sender: MessageSender;
  #chatId: string | undefined;
  /** How many keys and new texts were made up. */
  #inventions = 0;

  /** @param users the first of whom creates the chat */
  constructor(apiUrl: () => Promise<string>, users: readonly User[]) {
    this.#users = users;
    this.#api = new MembersApi(apiUrl);
    this.#sender = new MessageSender(this.#persistence, (message, patienceMs) =>
      this.#api.send(this.#user(message.sender), this.#chat, message, patienceMs),
    );
  }

  get record(): MemberRecord {
    return this.#api.record;
  }

  /** Undefined until somebody was told that there is one. */
  get chatId(): string | undefined {
    return this.#chatId;
  }

  /**
   * The first wave begins with the first user, who creates the chat and adds all others at once.
   * Resolves when all clients have their answers or have given up; tells whether they had the time for it.
   */
  async play({ clients }: MembersWave): Promise<boolean> {
    this.#persistence.begin();
    if (this.#chatId === undefined) await this.#beginChat();
    if (this.#chatId !== undefined) await Promise.all(clients.map((client) => this.#playClient(client)));
    return !this.#persistence.isOver;
  }

  /**
   * Sends and adds everything again as it was, and then has everybody look at everything.
   * @returns the last call for each
   */
  async repeatAll(): Promise<Call[]> {
    this.#persistence.begin();
    const sent = await this.#sender.repeatAll();
    const added = await this.#addAgain();
    const seen = await Promise.all(this.#users.map((user) => this.#readAll(user)));
    return [...sent, ...added, ...seen.flat()];
  }

  async #beginChat(): Promise<void> {
    const [owner, ...others] = this.#users;
    if (owner === undefined) throw new Error('a chat of members needs users');
    const create = (patienceMs: number) => this.#api.createChat(owner, (id) => (this.#chatId = id), patienceMs);
    await this.#persistence.untilAnswered(false, create);
    if (this.#chatId !== undefined) await Promise.all(others.map((other) => this.#add(owner, other, false)));
  }

  async #playClient({ user: number, steps }: MemberClient): Promise<void> {
    const user = this.#users[number];
    if (user === undefined) throw new Error(`the plan has a user ${number}, but there are ${this.#users.length}`);
    for (const step of steps) {
      if (this.#persistence.isOver) return;
      await this.#playStep(user, step);
    }
  }

  async #playStep(user: User, step: MemberStep): Promise<unknown> {
    switch (step.kind) {
      case 'send':
        return this.#sender.send(user.id, user.id, step);
      case 'repeat':
        return this.#sender.repeat(user.id, step);
      case 'list':
      case 'show':
        return this.#look(user, step);
      case 'add':
      case 'remove':
        return this.#admit(user, step);
      case 'page':
      case 'mark':
      case 'edit':
      case 'delete':
        return this.#visit(user, step);
    }
  }

  #look(user: User, { kind, isImpatient }: Look): Promise<Call> {
    return this.#persistence.untilAnswered<Call>(isImpatient, (patienceMs) =>
      kind === 'list' ? this.#api.list(user, this.#chat, patienceMs) : this.#api.show(user, this.#chat, patienceMs),
    );
  }

  #admit(user: User, { kind, other: number, isImpatient }: Admit): Promise<Call> {
    const other = this.#users[number] ?? user;
    if (kind === 'add') return this.#add(user, other, isImpatient);
    return this.#persistence.untilAnswered(isImpatient, (patienceMs) =>
      this.#api.remove(user, this.#chat, other, patienceMs),
    );
  }

  #add(user: User, other: User, isImpatient: boolean): Promise<Call> {
    const key = `add-${++this.#inventions}`;
    return this.#persistence.untilAnswered(isImpatient, (patienceMs) =>
      this.#api.add(user, this.#chat, other, key, patienceMs),
    );
  }

  async #visit(user: User, { kind, back, isImpatient }: AtMessage): Promise<Call | undefined> {
    const seq = this.#choose(user, kind).at(-1 - back)?.seq;
    if (seq === undefined) return undefined;
    const text = kind === 'edit' ? `edit ${++this.#inventions}` : undefined;
    return this.#persistence.untilAnswered<Call>(isImpatient, (patienceMs) => {
      switch (kind) {
        case 'page':
          return this.#api.page(user, this.#chat, { around: seq }, PAGE_MESSAGES, patienceMs);
        case 'mark':
          return this.#api.mark(user, this.#chat, seq, patienceMs);
        case 'edit':
        case 'delete':
          return this.#api.change(user, this.#chat, seq, text, patienceMs);
      }
    });
  }

  /** Messages with which something can be done: whoever created the chat deletes those of others, too. */
  #choose(user: User, kind: AtMessage['kind']): readonly KnownMessage[] {
    const known = knownMessages(this.record.sends);
    const isOwnOnly = kind === 'edit' || (kind === 'delete' && user !== this.#users[0]);
    return isOwnOnly ? known.filter(({ sender }) => sender === user.id) : known;
  }

  #addAgain(): Promise<Call[]> {
    const adds = this.record.adds.filter(({ key }) => key !== CREATION_KEY);
    const byKey = new Map(adds.map((call) => [call.key, call]));
    return Promise.all(
      [...byKey.values()].map(({ user, other, key }) =>
        this.#persistence.untilAnswered(false, (patienceMs) =>
          this.#api.add(this.#user(user), this.#chat, this.#user(other), key, patienceMs),
        ),
      ),
    );
  }

  async #readAll(user: User): Promise<Call[]> {
    const calls: Call[] = [
      await this.#look(user, { kind: 'list', isImpatient: false }),
      await this.#look(user, { kind: 'show', isImpatient: false }),
    ];
    let page: PageCall;
    let from = 1;
    do {
      page = await this.#readFrom(user, from);
      calls.push(page);
      from += page.messages?.length ?? 0;
    } while (page.messages !== undefined && page.messages.length > 0);
    return calls;
  }

  #readFrom(user: User, from: number): Promise<PageCall> {
    return this.#persistence.untilAnswered(false, (patienceMs) =>
      this.#api.page(user, this.#chat, { from }, MAX_PAGE_MESSAGES, patienceMs),
    );
  }

  get #chat(): string {
    if (this.#chatId === undefined) throw new Error('there is no chat yet');
    return this.#chatId;
  }

  #user(id: string): User {
    const user = this.#users.find((each) => each.id === id);
    if (user === undefined) throw new Error(`there is no user ${id}`);
    return user;
  }
}
