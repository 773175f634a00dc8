/** The chat that is open: who is in it, what they do, and what has been shown of it. */
import type { components, LiveMessage, PresenceStatus } from '../../client/src/index.ts';
import type { ShownMember, ShownMessage } from './render.ts';

export type ChatDetails = components['schemas']['ChatDetails'];
type Member = ChatDetails['members'][number];

/** Somebody who types says so every few seconds. */
const TYPING_MS = 5_000;
/** Own messages that are kept for completion. */
const MAX_OWN = 20;

/** Who is typing or present in it may change by itself: `onChange` is told of that. */
export class Conversation {
  readonly chatId: string;
  readonly kind: ChatDetails['kind'];
  readonly name: string;
  readonly #selfId: string;
  readonly #onChange: () => void;
  readonly #members = new Map<string, Member>();
  /** Also of those who have left. */
  readonly #names: Map<string, string>;
  readonly #presence = new Map<string, PresenceStatus>();
  readonly #typing = new Map<string, ReturnType<typeof setTimeout>>();
  #newest: LiveMessage | undefined;
  /** Newest first. */
  #own: readonly { readonly seq: number; readonly text: string }[] = [];

  /** @param names of users, by id; those of the members are added */
  constructor(details: ChatDetails, selfId: string, names: Map<string, string>, onChange: () => void) {
    this.chatId = details.chat_id;
    this.kind = details.kind;
    this.name = details.chat_name;
    this.#selfId = selfId;
    this.#names = names;
    this.#onChange = onChange;
    this.setMembers(details.members);
  }

  get own(): readonly { readonly seq: number; readonly text: string }[] {
    return this.#own;
  }

  get newestSeq(): number {
    return this.#newest?.seq ?? 0;
  }

  get typing(): readonly string[] {
    return [...this.#typing.keys()].map((userId) => this.nameOf(userId));
  }

  get online(): readonly string[] {
    return [...this.#presence].flatMap(([userId, status]) =>
      status === 'online' && userId !== this.#selfId ? [this.nameOf(userId)] : [],
    );
  }

  /** How the newest message stands, if it is one's own. */
  get tick(): 'sent' | 'read' | undefined {
    if (this.#newest === undefined || this.#newest.user_id !== this.#selfId) return undefined;
    return this.#isRead(this.#newest.seq) ? 'read' : 'sent';
  }

  get members(): readonly ShownMember[] {
    return [...this.#members.values()].map(({ user_id, user_name, role, read_seq }) => ({
      userId: user_id,
      name: user_name,
      role,
      presence: user_id === this.#selfId ? 'online' : (this.#presence.get(user_id) ?? 'offline'),
      isSelf: user_id === this.#selfId,
      readSeq: read_seq,
    }));
  }

  setMembers(members: readonly Member[]): void {
    this.#members.clear();
    for (const member of members) {
      this.#members.set(member.user_id, member);
      this.#names.set(member.user_id, member.user_name);
    }
  }

  knows(userId: string): boolean {
    return this.#names.has(userId);
  }

  /** Of somebody who has left, the beginning of the id, where the name was never seen. */
  nameOf(userId: string): string {
    return this.#names.get(userId) ?? `user ${userId.slice(0, 8)}`;
  }

  /** A message that is about to be shown. */
  take(message: LiveMessage): ShownMessage {
    if (message.seq > this.newestSeq) this.#newest = message;
    this.#stopTyping(message.user_id);
    if (message.user_id === this.#selfId) this.#keepOwn(message);
    return this.#describe(message);
  }

  /** A message that was shown, and has changed. */
  change({ user_id, seq, text, deleted_at }: LiveMessage): void {
    if (user_id !== this.#selfId) return;
    this.#own = this.#own.flatMap((own) => {
      if (own.seq !== seq) return [own];
      return deleted_at === undefined ? [{ seq, text }] : [];
    });
  }

  setMark(userId: string, seq: number): void {
    const member = this.#members.get(userId);
    if (member !== undefined && seq > member.read_seq) this.#members.set(userId, { ...member, read_seq: seq });
  }

  setTyping(userId: string): void {
    if (userId === this.#selfId) return;
    clearTimeout(this.#typing.get(userId));
    const stop = () => {
      this.#stopTyping(userId);
      this.#onChange();
    };
    this.#typing.set(userId, setTimeout(stop, TYPING_MS));
  }

  setPresence(userId: string, status: PresenceStatus): void {
    if (status === 'offline') this.#presence.delete(userId);
    else this.#presence.set(userId, status);
  }

  /** Nothing changes any more. */
  close(): void {
    for (const timer of this.#typing.values()) clearTimeout(timer);
    this.#typing.clear();
  }

  #describe({ seq, user_id, text, created_at, edited_at, deleted_at }: LiveMessage): ShownMessage {
    return {
      seq,
      userId: user_id,
      userName: this.nameOf(user_id),
      text,
      createdAt: created_at,
      isEdited: edited_at !== undefined,
      isDeleted: deleted_at !== undefined,
      isRead: user_id === this.#selfId ? this.#isRead(seq) : undefined,
    };
  }

  #isRead(seq: number): boolean {
    const others = [...this.#members.values()].filter(({ user_id }) => user_id !== this.#selfId);
    return others.length > 0 && others.every(({ read_seq }) => read_seq >= seq);
  }

  #keepOwn({ seq, text, deleted_at }: LiveMessage): void {
    if (deleted_at === undefined) this.#own = [{ seq, text }, ...this.#own].slice(0, MAX_OWN);
  }

  #stopTyping(userId: string): void {
    clearTimeout(this.#typing.get(userId));
    this.#typing.delete(userId);
  }
}
