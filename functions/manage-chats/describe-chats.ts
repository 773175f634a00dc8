/** A user's chats as the canonical API lists them. */
import type { ChatAnswer } from '../../shared/contract/v1/chats.ts';
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { People } from '../../shared/domain/people.ts';
import { countUnread, effectiveMark } from '../../shared/domain/unread.ts';
import { describeMessage } from '../../shared/runtime/describe-message.ts';
import { findCompanions } from './find-companions.ts';
import type { ChatState } from './list-chats.ts';

export async function describeChats(
  { reader, people }: { reader: ChatReader; people: People },
  user: string,
  states: readonly ChatState[],
): Promise<ChatAnswer[]> {
  const [companions, newest] = await Promise.all([
    findCompanions(people, user, states),
    Promise.all(states.map(({ chatId, head }) => reader.read(chatId, head, head.seq, head.seq))),
  ]);
  return states.map(({ chatId, head, mark }, index) => {
    const [message] = newest[index]!;
    return {
      chat_id: chatId,
      chat_name: companions.get(chatId)?.userName ?? head.membership.name,
      kind: head.membership.kind,
      unread_count: countUnread(head, user, mark),
      ...(message && { last_message: describeMessage(message) }),
      read_seq: effectiveMark(head, user, mark).read,
    };
  });
}
