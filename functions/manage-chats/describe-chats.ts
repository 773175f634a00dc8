/** A user's chats as the canonical API lists them. */
import type { ChatAnswer } from '../../shared/contract/v1/chats.ts';
import { numberTail } from '../../shared/domain/chat-head.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { applyEdits, hasEdits, type ListedMessage } from '../../shared/domain/message-edits.ts';
import type { People } from '../../shared/domain/people.ts';
import { countUnread, effectiveMark } from '../../shared/domain/unread.ts';
import { describeMessage } from '../../shared/runtime/describe-message.ts';
import { findCompanions } from './find-companions.ts';
import type { ChatState } from './list-chats.ts';

export async function describeChats(
  { chats, people }: { chats: ChatStore; people: People },
  user: string,
  states: readonly ChatState[],
): Promise<ChatAnswer[]> {
  const [companions, newest] = await Promise.all([
    findCompanions(people, user, states),
    Promise.all(states.map((state) => readNewest(chats, state))),
  ]);
  return states.map(({ chatId, head, mark }, index) => {
    const message = newest[index];
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

async function readNewest(chats: ChatStore, { chatId, head }: ChatState): Promise<ListedMessage | undefined> {
  const edits = hasEdits(head) ? await chats.readEdits(chatId, head.seq, head.seq) : new Map<never, never>();
  return applyEdits(numberTail(head, head.seq), edits)[0];
}
