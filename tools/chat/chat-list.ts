/** The chats that there are, and what is unread in those that are not open. */
import type { Chat, JoinedChat } from '../../client/src/index.ts';
import type { ListedChat } from './render.ts';

export class ChatList {
  #chats: readonly Chat[] = [];
  /** By chat, the number of the newest message that its counter takes account of. */
  readonly #counted = new Map<string, number>();

  /** Latest first. */
  set(chats: readonly Chat[]): void {
    this.#chats = chats;
    for (const { chat_id, last_message } of chats) this.#counted.set(chat_id, last_message?.seq ?? 0);
  }

  get names(): readonly string[] {
    return this.#chats.map(({ chat_name }) => chat_name);
  }

  /** A new one comes first. Of its messages, those that are unread are counted already. */
  add(chat: JoinedChat): void {
    this.#counted.set(chat.chat_id, chat.seq);
    this.#chats = [chat, ...this.#chats.filter(({ chat_id }) => chat_id !== chat.chat_id)];
  }

  /** @returns its name */
  remove(chatId: string): string | undefined {
    const removed = this.#chats.find(({ chat_id }) => chat_id === chatId);
    this.#chats = this.#chats.filter((chat) => chat !== removed);
    return removed?.chat_name;
  }

  /** A message of somebody else has come. */
  countUnread(chatId: string, seq: number): void {
    if (seq <= (this.#counted.get(chatId) ?? 0)) return;
    this.#counted.set(chatId, seq);
    this.#change(chatId, (chat) => ({ ...chat, unread_count: chat.unread_count + 1 }));
  }

  setRead(chatId: string): void {
    this.#change(chatId, (chat) => ({ ...chat, unread_count: 0 }));
  }

  unread(openChatId: string | undefined): readonly { readonly name: string; readonly count: number }[] {
    return this.#chats.flatMap(({ chat_id, chat_name: name, unread_count: count }) =>
      count > 0 && chat_id !== openChatId ? [{ name, count }] : [],
    );
  }

  list(openChatId: string | undefined): readonly ListedChat[] {
    return this.#chats.map(({ chat_id, chat_name, kind, unread_count, last_message }) => ({
      name: chat_name,
      kind,
      unread: chat_id === openChatId ? 0 : unread_count,
      isOpen: chat_id === openChatId,
      lastText: last_message?.text,
    }));
  }

  /** @param wanted a number of the list from 1 on, an id, a name whatever its case, or the beginning of only one name */
  find(wanted: string): string | undefined {
    const name = wanted.toLowerCase();
    const byNumber = /^\d{1,4}$/.test(wanted) ? this.#chats[Number(wanted) - 1] : undefined;
    const exact = this.#chats.find(({ chat_id, chat_name }) => chat_id === wanted || chat_name.toLowerCase() === name);
    const [beginning, ...others] = this.#chats.filter(({ chat_name }) => chat_name.toLowerCase().startsWith(name));
    return (exact ?? byNumber ?? (others.length === 0 ? beginning : undefined))?.chat_id;
  }

  #change(chatId: string, change: (chat: Chat) => Chat): void {
    this.#chats = this.#chats.map((chat) => (chat.chat_id === chatId ? change(chat) : chat));
  }
}
