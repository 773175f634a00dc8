/** Finds a message that somebody wants to change. */
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import { MessageNotFoundError } from '../../shared/domain/errors.ts';
import type { MembersHead } from '../../shared/domain/membership.ts';
import type { ListedMessage } from '../../shared/domain/message-edits.ts';

/** @throws MessageNotFoundError if the chat has no message of this number */
export async function findMessage(
  reader: ChatReader,
  chatId: string,
  head: MembersHead,
  seq: number,
): Promise<ListedMessage> {
  const [message] = seq > head.seq ? [] : await reader.read(chatId, head, seq, seq);
  if (message === undefined) throw new MessageNotFoundError('the chat has no message of this number');
  return message;
}
