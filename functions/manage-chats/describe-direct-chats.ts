/** A user's chats as the contract of counters lists them. */
import type { DirectChatAnswer } from '../../shared/contract/counters/chats.ts';
import type { People } from '../../shared/domain/people.ts';
import { countUnread } from '../../shared/domain/unread.ts';
import type { ChatState } from './list-chats.ts';

export async function describeDirectChats(
  { people }: { people: People },
  user: string,
  states: readonly ChatState[],
): Promise<DirectChatAnswer[]> {
  const members = new Set(states.flatMap(({ head }) => [...head.sent.keys()]));
  const found = await people.readMany([...members]);
  return states.map(({ chatId, head, mark }) => ({
    id: chatId,
    create_time: new Date(head.membership.createdAt).toISOString(),
    participants: [...head.sent.keys()].map((id) => {
      const { name = '', surname = '' } = found.get(id) ?? {};
      return { id, name, surname };
    }),
    unread_count: countUnread(head, user, mark),
  }));
}
