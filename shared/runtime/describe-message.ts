/** Messages as the canonical API shows them. */
import type { ListedMessageAnswer } from '../contract/v1/messages.ts';
import type { ListedMessage } from '../domain/message-edits.ts';

export function describeMessage(message: ListedMessage): ListedMessageAnswer {
  const { seq, sender, text, createdAt, editedAt, deletedAt } = message;
  return {
    message_id: String(seq),
    seq,
    user_id: sender,
    text,
    created_at: new Date(createdAt).toISOString(),
    ...(editedAt !== undefined && { edited_at: new Date(editedAt).toISOString() }),
    ...(deletedAt !== undefined && { deleted_at: new Date(deletedAt).toISOString() }),
  };
}
