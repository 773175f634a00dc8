/** Creates a group chat, whose creator owns it. */
import { randomUUID } from 'node:crypto';
import { FIRST_EPOCH } from '../../shared/domain/chat-head.ts';
import { keyedChatId } from '../../shared/domain/chat-ids.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { IdempotencyKeyReusedError } from '../../shared/domain/errors.ts';
import { type Inbox, requireRoom } from '../../shared/domain/inbox.ts';

/**
 * @param key the client's idempotency key: the chat's id follows from it, so that a repeat finds the chat
 * @returns the chat's id
 * @throws IdempotencyKeyReusedError if the owner has created a chat of another name with this key; ConflictError if the
 *   owner is in too many chats
 */
export async function createChat(
  { chats, inbox }: { chats: ChatStore; inbox: Inbox },
  { owner, name, key }: { owner: string; name: string; key?: string | undefined },
): Promise<string> {
  const chatId = key === undefined ? randomUUID() : keyedChatId(owner, key);
  await requireRoom(inbox, owner, chatId);
  await inbox.add(owner, chatId, FIRST_EPOCH);
  const { membership } = await chats.createChat(chatId, {
    kind: 'group',
    name,
    createdAt: Date.now(),
    owner,
    members: [owner],
  });
  if (membership?.name !== name)
    throw new IdempotencyKeyReusedError('the idempotency key was used before, for a chat of another name');
  return chatId;
}
