/** Messages as the contract of counters shows them. */
import type { DirectMessageAnswer } from '../../shared/contract/counters/chats.ts';
import type { DirectMessage } from './list-direct-messages.ts';

export function describeDirectMessage(chatId: string, message: DirectMessage): DirectMessageAnswer {
  const { seq, sender, text, status, createdAt } = message;
  const createTime = new Date(createdAt).toISOString();
  return { id: String(seq), text, status, create_time: createTime, user_id: sender, chat_id: chatId };
}
