/** Pages of a list of chats. An iterator names the last chat of a page by its place in the order, not by its number. */
import { type ChatState, compareLatest } from './list-chats.ts';

/** @param before the iterator of the page before */
export function pageChats(
  all: readonly ChatState[],
  limit: number,
  before?: string,
): { chats: readonly ChatState[]; next: string | undefined } {
  const place = before === undefined ? undefined : parseIterator(before);
  const rest = place === undefined ? all : all.filter((chat) => compareLatest(place, chat) < 0);
  const chats = rest.slice(0, limit);
  const last = chats.at(-1);
  return { chats, next: last !== undefined && rest.length > limit ? `${last.activeAt}_${last.chatId}` : undefined };
}

/** The contract says what it looks like. */
function parseIterator(text: string): Pick<ChatState, 'activeAt' | 'chatId'> {
  const [activeAt = '', chatId = ''] = text.split('_');
  return { activeAt: Number(activeAt), chatId };
}
