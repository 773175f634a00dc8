/** Changes the text of a message. */
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { ForbiddenError, HeadMovedError, MessageNotFoundError } from '../../shared/domain/errors.ts';
import { requireMember } from '../../shared/domain/membership.ts';
import type { ListedMessage } from '../../shared/domain/message-edits.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';
import { findMessage } from './find-message.ts';

/**
 * The edit stands once this returns; if it fails, a repeat finishes it.
 * @returns the message as it is listed from now on
 * @throws ChatNotFoundError, MessageNotFoundError also if it was deleted, ForbiddenError for all but its author
 */
export async function editMessage(
  { chats, reader }: { chats: ChatStore; reader: ChatReader },
  { user, chatId, seq, text }: { user: string; chatId: string; seq: number; text: string },
): Promise<ListedMessage> {
  const edited = await retryMoved(async () => {
    const head = requireMember(await chats.readHead(chatId), user);
    const { sender, createdAt } = await findMessage(reader, chatId, head, seq);
    if (sender !== user) throw new ForbiddenError('only its author edits a message');
    const standing = (await chats.readEdits(chatId, seq, seq)).get(seq);
    if (standing !== undefined && standing.text === undefined)
      throw new MessageNotFoundError('the message was deleted');
    const edit = { seq, revision: (standing?.revision ?? 0) + 1, text, at: Date.now() };
    if (!(await chats.putEdit(chatId, edit))) throw new HeadMovedError('another edit was faster');
    return { seq, sender, text, createdAt, editedAt: edit.at };
  });
  // What was cached before no longer holds.
  await chats.addRevision(chatId);
  return edited;
}
