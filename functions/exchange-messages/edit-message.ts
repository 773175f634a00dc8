/** Changes the text of a message. */
import { ForbiddenError, HeadMovedError, MessageNotFoundError } from '../../shared/domain/errors.ts';
import { requireMember } from '../../shared/domain/membership.ts';
import type { ListedMessage } from '../../shared/domain/message-edits.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';
import { findMessage } from './find-message.ts';
import type { MessagePorts } from './message-ports.ts';

/**
 * The edit stands once this returns; if it fails, a repeat finishes it.
 * @returns the message as it is listed from now on
 * @throws ChatNotFoundError, MessageNotFoundError also if it was deleted, ForbiddenError for all but its author
 */
export async function editMessage(
  { chats, reader, live }: Pick<MessagePorts, 'chats' | 'reader' | 'live'>,
  { user, chatId, seq, text }: { user: string; chatId: string; seq: number; text: string },
): Promise<ListedMessage> {
  const { head, message } = await retryMoved(async () => {
    const before = requireMember(await chats.readHead(chatId), user);
    const { sender, createdAt } = await findMessage(reader, chatId, before, seq);
    if (sender !== user) throw new ForbiddenError('only its author edits a message');
    const standing = (await chats.readEdits(chatId, seq, seq)).get(seq);
    if (standing !== undefined && standing.text === undefined)
      throw new MessageNotFoundError('the message was deleted');
    const revisions = { revision: (standing?.revision ?? 0) + 1, chatRevision: before.membership.revision + 1 };
    const edit = { seq, ...revisions, text, at: Date.now() };
    if (!(await chats.putEdit(chatId, edit))) throw new HeadMovedError('another edit was faster');
    // What was cached before no longer holds.
    const after = await chats.addRevision(chatId, before);
    return { head: after, message: { seq, sender, text, createdAt, editedAt: edit.at } };
  });
  await live.tell({ chatId, members: head.sent, event: { kind: 'edited', message } });
  return message;
}
