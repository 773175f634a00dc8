/** Moves a member's read mark, and tells the others. */
import type { MembersHead } from '../../shared/domain/membership.ts';
import { makeReadMark } from '../../shared/domain/read-mark.ts';
import type { MessagePorts } from './message-ports.ts';

/**
 * A mark that is further on already stays.
 * @param seq at most the head's
 */
export async function moveMark(
  { chats, inbox, live }: Pick<MessagePorts, 'chats' | 'inbox' | 'live'>,
  { user, chatId, head, seq }: { user: string; chatId: string; head: MembersHead; seq: number },
): Promise<void> {
  const isMoved = await inbox.moveRead(user, chatId, await makeReadMark(chats, chatId, head, user, seq));
  if (isMoved) await live.tell({ chatId, members: head.sent, event: { kind: 'read', user, seq } });
}
