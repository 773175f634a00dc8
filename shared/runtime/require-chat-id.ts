/** Chat ids that clients send. */
import { isChatId } from '../domain/chat-ids.ts';
import { ChatNotFoundError } from '../domain/errors.ts';

/** @throws ChatNotFoundError for what no chat of members can be called; it is never looked for */
export function requireChatId(text: string): string {
  if (!isChatId(text)) throw new ChatNotFoundError('this is not the id of a chat');
  return text;
}
