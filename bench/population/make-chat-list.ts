/** One person with a long list of chats: half of them direct, half of them groups, some read and some not. */
import { randomUUID } from 'node:crypto';
import { directChatId } from '../../shared/domain/chat-ids.ts';
import { type Chat, makeUsers, type Population } from './population.ts';

const MESSAGES = 20;
/** How many messages the reader has read, in one chat after another. */
const READ = [20, 15, 10, 0];
const GROUP_SIZE = 10;

/** The reader is the first of the users. */
export function makeChatList(chats: number): Population {
  const users = makeUsers(Math.max(GROUP_SIZE, 1 + Math.ceil(chats / 2)));
  const others = users.length - 1;
  const makeChat = (index: number): Chat => {
    const stored = { sent: MESSAGES, read: READ[index % READ.length]! };
    const companion = 1 + (Math.floor(index / 2) % others);
    if (index % 2 === 0) {
      const id = directChatId(users[0]!.id, users[companion]!.id);
      return { id, kind: 'direct', name: '', members: [0, companion], ...stored };
    }
    const members = Array.from({ length: GROUP_SIZE - 1 }, (_, place) => 1 + ((companion - 1 + place) % others));
    return { id: randomUUID(), kind: 'group', name: `group ${index + 1}`, members: [0, ...members], ...stored };
  };
  return { users, chats: Array.from({ length: chats }, (_, index) => makeChat(index)) };
}
