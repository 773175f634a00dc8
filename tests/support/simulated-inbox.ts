/** An inbox in memory whose every operation is atomic. It knows one chat: the chat id is ignored. */
import type { Inbox, InboxEntry } from '../../shared/domain/inbox.ts';
import type { ReadMark } from '../../shared/domain/unread.ts';
import type { Simulated } from './faulty-network.ts';
import type { BrokenRule } from './simulated-chat-store.ts';

export class SimulatedInbox implements Simulated<Inbox> {
  readonly entries = new Map<string, InboxEntry>();
  readonly #chatId: string;
  readonly #ignoresEpochs: boolean;

  constructor(chatId = 'chat', broken?: BrokenRule) {
    this.#chatId = chatId;
    this.#ignoresEpochs = broken === 'later-membership-stays';
  }

  list(user: string): ReadonlyMap<string, InboxEntry> {
    const entry = this.entries.get(user);
    return new Map(entry === undefined ? [] : [[this.#chatId, entry]]);
  }

  read(user: string): InboxEntry | undefined {
    return this.entries.get(user);
  }

  readMembers(users: readonly string[]): ReadonlyMap<string, InboxEntry> {
    return new Map([...this.entries].filter(([user]) => users.includes(user)));
  }

  add(user: string, _chatId: string, epoch: number): void {
    const { read = 0, own = 0, received = 0, epoch: standing = -1 } = this.entries.get(user) ?? {};
    if (standing < epoch || this.#ignoresEpochs) this.entries.set(user, { read, own, received, epoch });
  }

  remove(user: string, _chatId: string, epoch: number): void {
    const entry = this.entries.get(user);
    if (entry !== undefined && (entry.epoch < epoch || this.#ignoresEpochs)) this.entries.delete(user);
  }

  moveRead(user: string, _chatId: string, { read, own }: ReadMark): boolean {
    const entry = this.entries.get(user);
    if (entry === undefined || entry.read >= read) return false;
    this.entries.set(user, { ...entry, read, own });
    return true;
  }

  moveReceived(user: string, _chatId: string, received: number): void {
    const entry = this.entries.get(user);
    if (entry !== undefined && entry.received < received) this.entries.set(user, { ...entry, received });
  }
}
