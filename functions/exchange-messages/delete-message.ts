/** Deletes a message: its place stays, its text goes. */
import { isArchived } from '../../shared/domain/chat-history.ts';
import { ForbiddenError, HeadMovedError } from '../../shared/domain/errors.ts';
import { requireMember } from '../../shared/domain/membership.ts';
import { redactRun } from '../../shared/domain/redact-run.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';
import { findMessage } from './find-message.ts';
import type { MessagePorts } from './message-ports.ts';

/**
 * A repeat does no harm, and finishes what has failed halfway.
 * @throws ChatNotFoundError, MessageNotFoundError, ForbiddenError for all but its author and the chat's owner
 */
export async function deleteMessage(
  { chats, reader, live }: Pick<MessagePorts, 'chats' | 'reader' | 'live'>,
  { user, chatId, seq }: { user: string; chatId: string; seq: number },
): Promise<void> {
  const { head, message } = await retryMoved(async () => {
    const before = requireMember(await chats.readHead(chatId), user);
    const { sender, createdAt } = await findMessage(reader, chatId, before, seq);
    if (sender !== user && user !== before.membership.owner)
      throw new ForbiddenError("only its author and the chat's owner delete a message");
    const standing = (await chats.readEdits(chatId, seq, seq)).get(seq);
    // Also where it is deleted already: whoever did that may have come no further.
    const deletedAt = standing !== undefined && standing.text === undefined ? standing.at : Date.now();
    const revisions = { revision: (standing?.revision ?? 0) + 1, chatRevision: before.membership.revision + 1 };
    const edit = { seq, ...revisions, text: undefined, at: deletedAt };
    if (!(await chats.putEdit(chatId, edit))) throw new HeadMovedError('another edit was faster');
    // What was cached before no longer holds, and whoever archives from now on leaves the text out.
    const after = await chats.addRevision(chatId, before);
    return { head: after, message: { seq, sender, text: '', createdAt, deletedAt } };
  });
  if (isArchived(head, seq))
    for (const run of await chats.readRuns(chatId, seq, seq)) await redactRun(chats, chatId, run);
  await live.tell({ chatId, members: head.sent, event: { kind: 'deleted', message } });
}
