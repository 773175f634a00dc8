/** People who write to each other in pairs. */
import { directChatId } from '../../shared/domain/chat-ids.ts';
import { type Chat, makeUsers, type Population } from './population.ts';

/** Everybody is in one direct chat. */
export function makePairs(chats: number): Population {
  const users = makeUsers(2 * chats);
  const makeChat = (index: number): Chat => {
    const members = [2 * index, 2 * index + 1];
    const [one, other] = members.map((place) => users[place]!.id);
    return { id: directChatId(one!, other!), kind: 'direct', name: '', members, sent: 0, read: 0 };
  };
  return { users, chats: Array.from({ length: chats }, (_, index) => makeChat(index)) };
}
