/** Lists a user's chats, latest first. */
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { type Inbox, readInbox, type ReadState } from '../../shared/domain/inbox.ts';

/** A chat in a user's list. */
export interface ChatState extends ReadState {
  readonly chatId: string;
  /** Milliseconds since 1970: when the newest message was sent, or the chat created. */
  readonly activeAt: number;
}

/** All chats that a user is a member of, latest first; of those with the same time, by id. */
export async function listChats(
  { chats, inbox }: { chats: ChatStore; inbox: Inbox },
  user: string,
): Promise<readonly ChatState[]> {
  const states = await readInbox(inbox, (chatIds) => chats.readHeads(chatIds), user);
  return [...states]
    .map(([chatId, state]) => {
      const activeAt = state.head.tail.at(-1)?.createdAt ?? state.head.membership.createdAt;
      return { chatId, activeAt, ...state };
    })
    .toSorted(compareLatest);
}

type Place = Pick<ChatState, 'activeAt' | 'chatId'>;

/** Before zero: `a` comes before `b`. */
export function compareLatest(a: Place, b: Place): number {
  return b.activeAt - a.activeAt || (a.chatId < b.chatId ? -1 : Number(a.chatId > b.chatId));
}
