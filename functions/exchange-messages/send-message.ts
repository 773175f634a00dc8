/** Sends a member's message. */
import { hashIdempotencyKey } from '../../shared/domain/idempotency-key.ts';
import type { ChatWriters } from './chat-writers.ts';

/**
 * Stores the message once.
 * @param key the client's idempotency key: a repeat with the same key gets the first answer again
 * @returns its sequence number
 * @throws ChatNotFoundError, IdempotencyKeyReusedError, StoreUnavailableError as ChatWriter.send
 */
export async function sendMessage(
  writers: ChatWriters,
  { user, chatId, text, key }: { user: string; chatId: string; text: string; key?: string | undefined },
): Promise<number> {
  const keyHash = key === undefined ? undefined : hashIdempotencyKey('chats', chatId, user, key);
  const writer = await writers.findFor(user, chatId);
  const { seq } = await writer.send({ sender: user, text, ...(keyHash !== undefined && { keyHash }) });
  return seq;
}
