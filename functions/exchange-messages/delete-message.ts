/** Deletes a message: its place stays, its text goes. */
import { isArchived } from '../../shared/domain/chat-history.ts';
import type { ChatReader } from '../../shared/domain/chat-reader.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { ForbiddenError, HeadMovedError } from '../../shared/domain/errors.ts';
import { requireMember } from '../../shared/domain/membership.ts';
import { redactRun } from '../../shared/domain/redact-run.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';
import { findMessage } from './find-message.ts';

/**
 * A repeat does no harm, and finishes what has failed halfway.
 * @throws ChatNotFoundError, MessageNotFoundError, ForbiddenError for all but its author and the chat's owner
 */
export async function deleteMessage(
  { chats, reader }: { chats: ChatStore; reader: ChatReader },
  { user, chatId, seq }: { user: string; chatId: string; seq: number },
): Promise<void> {
  await retryMoved(async () => {
    const head = requireMember(await chats.readHead(chatId), user);
    const { sender } = await findMessage(reader, chatId, head, seq);
    if (sender !== user && user !== head.membership.owner)
      throw new ForbiddenError("only its author and the chat's owner delete a message");
    const standing = (await chats.readEdits(chatId, seq, seq)).get(seq);
    if (standing !== undefined && standing.text === undefined) return;
    const edit = { seq, revision: (standing?.revision ?? 0) + 1, text: undefined, at: Date.now() };
    if (!(await chats.putEdit(chatId, edit))) throw new HeadMovedError('another edit was faster');
  });
  // What was cached before no longer holds, and whoever archives from now on leaves the text out.
  const head = await chats.addRevision(chatId);
  if (!isArchived(head, seq)) return;
  for (const run of await chats.readRuns(chatId, seq, seq)) await redactRun(chats, chatId, run);
}
