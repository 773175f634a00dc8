/** What is shown: the messages of the chat that is open, and how it and the others stand. */
import type { LiveMessage, LiveMessenger, PresenceStatus } from '../../client/src/index.ts';
import { ChatList } from './chat-list.ts';
import type { ChatRequests } from './chat-requests.ts';
import { Conversation } from './conversation.ts';
import { ReadMarker } from './read-marker.ts';
import { renderChange, renderChats, renderDay, renderMembers, renderMessage } from './render.ts';
import type { Screen } from './screen.ts';
import type { SignedIn } from './sign-in.ts';

export interface ChatViewOptions {
  readonly user: SignedIn;
  readonly screen: Screen;
  readonly requests: ChatRequests;
  /** Messages to show of a chat when it is opened. */
  readonly history: number;
  /** Undefined before it is connected. */
  readonly live: () => LiveMessenger | undefined;
  /** How many messages are on their way. */
  readonly countUnsent: () => number;
}

/**
 * Who comes is told at once who is there by the members of a chat of up to this size. In a larger one that would be too
 * many frames, each to everybody: there it is seen within half a minute, from what members repeat.
 */
const MAX_GREETING_MEMBERS = 8;

export class ChatView {
  readonly chats = new ChatList();
  readonly #options: ChatViewOptions;
  /** Of users, by id. */
  readonly #names = new Map<string, string>();
  readonly #marker: ReadMarker;
  #open: Conversation | undefined;
  /** Of the message that was shown last. */
  #day = '';

  constructor(options: ChatViewOptions) {
    this.#options = options;
    this.#names.set(options.user.userId, options.user.userName);
    this.#marker = new ReadMarker((chatId, seq) => options.requests.markRead(chatId, seq));
  }

  get open(): Conversation | undefined {
    return this.#open;
  }

  /** Of all who have been seen. */
  get userNames(): readonly string[] {
    return [...this.#names.values()];
  }

  /** @throws as a call of the API does */
  async listChats(): Promise<void> {
    this.chats.set(await this.#options.requests.listChats());
  }

  showChats(): void {
    this.print(renderChats(this.chats.list(this.#open?.chatId), this.#look));
  }

  /** Shows its last messages, and from then on those that come. @throws as a call of the API does */
  async openChat(chat_id: string): Promise<void> {
    const { user, requests, history } = this.#options;
    const details = await requests.showChat(chat_id);
    const messages = await requests.listMessages(chat_id, details.seq, history);

    const live = this.#options.live();
    // One that was created a moment ago is not known to the connection yet.
    if (live?.position.chats[chat_id] === undefined) await live?.sync();
    this.closeChat();
    const open = new Conversation(details, user.userId, this.#names, () => this.showStatus());
    this.#open = open;
    this.#day = '';
    this.notice(messages.length === 0 ? `${open.name}: nothing has been said yet` : open.name);
    for (const message of messages) this.#showMessage(open, { ...message, chat_id });
    this.chats.setRead(chat_id);
    live?.setPresence(chat_id, 'online');
  }

  closeChat(): void {
    if (this.#open === undefined) return;
    this.#options.live()?.setPresence(this.#open.chatId, 'offline');
    this.#open.close();
    this.#open = undefined;
  }

  /** The user is not in the chat any more. */
  leave(chatId: string): void {
    const name = this.chats.remove(chatId);
    if (this.#conversationOf(chatId) !== undefined) this.closeChat();
    if (name !== undefined) this.notice(`you are not in ${name} any more`);
    this.showStatus();
  }

  /** Who is in the chat, who is there, and how far each has read. @throws as a call of the API does */
  async showMembers(open: Conversation): Promise<void> {
    await this.readMembers(open);
    this.print(renderMembers(open.members, this.#look));
  }

  /** @throws as a call of the API does */
  async readMembers(open: Conversation): Promise<void> {
    open.setMembers((await this.#options.requests.showChat(open.chatId)).members);
  }

  async takeMessage(message: LiveMessage): Promise<void> {
    const { chat_id, user_id, seq } = message;
    const open = this.#conversationOf(chat_id);
    if (open === undefined) {
      if (user_id !== this.#options.user.userId) this.chats.countUnread(chat_id, seq);
    } else if (seq > open.newestSeq) {
      // Without an answer it is shown without the name.
      if (!open.knows(user_id)) await this.readMembers(open).catch(() => undefined);
      this.#showMessage(open, message);
    }
    this.showStatus();
  }

  /** @param text undefined if it was deleted */
  takeChange(message: LiveMessage, text: string | undefined): void {
    const open = this.#conversationOf(message.chat_id);
    if (open === undefined || message.seq > open.newestSeq) return;
    open.change(message);
    const userName = open.nameOf(message.user_id);
    this.print(renderChange({ seq: message.seq, userName, text }, this.#look));
  }

  takeMark(chatId: string, userId: string, seq: number): void {
    if (userId === this.#options.user.userId) this.chats.setRead(chatId);
    this.#conversationOf(chatId)?.setMark(userId, seq);
    this.showStatus();
  }

  takeTyping(chatId: string, userId: string): void {
    this.#conversationOf(chatId)?.setTyping(userId);
    this.showStatus();
  }

  takePresence(chatId: string, userId: string, status: PresenceStatus): void {
    const open = this.#conversationOf(chatId);
    open?.setPresence(userId, status);
    // Who has come does not know yet who is there.
    if (open !== undefined && status === 'online' && open.members.length <= MAX_GREETING_MEMBERS)
      this.#options.live()?.setPresence(chatId, 'online');
    this.showStatus();
  }

  print(rows: readonly string[]): void {
    this.#options.screen.print(rows);
  }

  /** Says something that is no message. */
  notice(text: string): void {
    this.#options.screen.notice(text);
  }

  showStatus(): void {
    const open = this.#open;
    this.#options.screen.setStatus({
      chatName: open?.name,
      connection: this.#options.live()?.state ?? 'connecting',
      unsent: this.#options.countUnsent(),
      typing: open?.typing ?? [],
      online: open?.online ?? [],
      unread: this.chats.unread(open?.chatId),
      tick: open?.tick,
    });
  }

  get #look(): Screen['look'] {
    return this.#options.screen.look;
  }

  #conversationOf(chatId: string): Conversation | undefined {
    return this.#open?.chatId === chatId ? this.#open : undefined;
  }

  #showMessage(open: Conversation, message: LiveMessage): void {
    const shown = open.take(message);
    const day = renderDay(message.created_at, this.#look);
    this.print([...(day === this.#day ? [] : [day]), ...renderMessage(shown, this.#look)]);
    this.#day = day;
    if (message.user_id !== this.#options.user.userId) this.#marker.show(open.chatId, message.seq);
  }
}
