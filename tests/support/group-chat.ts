/** Group chats for black-box tests. */
import { addMember, createChat, listChats } from '../../shared/contract/v1/chats.ts';
import type { ChatAnswer } from '../../shared/contract/v1/chats.ts';
import { listMessages, type ListedMessageAnswer, sendMessage } from '../../shared/contract/v1/messages.ts';
import type { SignedInUser } from './signed-in-user.ts';

/** Creates a group chat of its owner and others, who join in this order. */
export async function createGroup(owner: SignedInUser, ...others: readonly SignedInUser[]): Promise<string> {
  const { chat_id: chatId } = await owner.api.ask(createChat, { body: { chat_name: 'group' } });
  for (const { userName } of others)
    await owner.api.ask(addMember, { path: { chat_id: chatId }, body: { user_name: userName } });
  return chatId;
}

/** Sends messages, one after the other; returns the number of the last one. */
export async function send(sender: SignedInUser, chatId: string, ...messages: readonly string[]): Promise<number> {
  let last = 0;
  for (const message of messages) {
    const { message_id: id } = await sender.api.ask(sendMessage, { path: { chat_id: chatId }, body: { message } });
    last = Number(id);
  }
  return last;
}

/** All messages, as a reader who follows the iterators sees them. */
export async function readAll(reader: SignedInUser, chatId: string, limit = 100): Promise<ListedMessageAnswer[]> {
  const messages: ListedMessageAnswer[] = [];
  for (let from: string | undefined = ''; from !== undefined;) {
    const query: Record<string, string | number> = from === '' ? { limit } : { limit, from };
    const page = await reader.api.ask(listMessages, { path: { chat_id: chatId }, query });
    messages.push(...page.messages);
    from = page.next?.iterator;
  }
  return messages;
}

/** The chat as it stands in the user's list; undefined if it does not. */
export async function findListed(user: SignedInUser, chatId: string): Promise<ChatAnswer | undefined> {
  const { chats } = await user.api.ask(listChats, { query: { limit: 1_000 } });
  return chats.find(({ chat_id: id }) => id === chatId);
}
