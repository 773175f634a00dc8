/** A user's chats as the canonical API lists them. */
import type { ChatAnswer } from '../../shared/contract/v1/chats.ts';
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { People, Person } from '../../shared/domain/people.ts';
import { countUnread, effectiveMark } from '../../shared/domain/unread.ts';
import { describeMessage } from '../../shared/runtime/describe-message.ts';
import { findCompanions } from './find-companions.ts';
import type { ChatState } from './list-chats.ts';

/** What a list tells of a chat, but for its last message. */
export type ChatOutline = Omit<ChatAnswer, 'last_message'>;

/** @param companion the other one of a direct chat, after whom it is called */
export function outlineChat(
  user: string,
  { chatId, head, mark }: ChatState,
  companion: Person | undefined,
): ChatOutline {
  return {
    chat_id: chatId,
    chat_name: companion?.userName ?? head.membership.name,
    kind: head.membership.kind,
    unread_count: countUnread(head, user, mark),
    read_seq: effectiveMark(head, user, mark).read,
  };
}

export async function describeChats(
  { reader, people }: { reader: ChatReader; people: People },
  user: string,
  states: readonly ChatState[],
): Promise<ChatAnswer[]> {
  const [companions, newest] = await Promise.all([
    findCompanions(people, user, states),
    Promise.all(states.map(({ chatId, head }) => reader.read(chatId, head, head.seq, head.seq))),
  ]);
  return states.map((state, index) => {
    const [message] = newest[index]!;
    return {
      ...outlineChat(user, state, companions.get(state.chatId)),
      ...(message && { last_message: describeMessage(message) }),
    };
  });
}
