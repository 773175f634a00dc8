/** Opens the chat that two users have with each other. */
import { FIRST_EPOCH } from '../../shared/domain/chat-head.ts';
import { directChatId } from '../../shared/domain/chat-ids.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { IdempotencyKeyReusedError, UserNotFoundError } from '../../shared/domain/errors.ts';
import { hashIdempotencyKey, hashText } from '../../shared/domain/idempotency-key.ts';
import { type Inbox, requireRoom } from '../../shared/domain/inbox.ts';
import type { People } from '../../shared/domain/people.ts';
import { RequestError } from '../../shared/runtime/request-error.ts';

/**
 * @param key the client's idempotency key; a repeat gets the same chat anyway
 * @returns the chat's id: the same, whoever of the two asks, and also when both ask at once
 * @throws UserNotFoundError, IdempotencyKeyReusedError, ConflictError if one of them is in too many chats; RequestError if the companion is the user
 */
export async function openDirectChat(
  { chats, inbox, people }: { chats: ChatStore; inbox: Inbox; people: People },
  { user, companion, key }: { user: string; companion: string; key?: string | undefined },
): Promise<string> {
  if (companion === user) {
    const message = 'must be somebody else';
    throw new RequestError(422, [{ location: ['body', 'companion_id'], message, type: 'invalid_value' }]);
  }
  const found = await people.readMany([companion]);
  if (!found.has(companion)) throw new UserNotFoundError('there is no such user');
  if (key !== undefined) {
    const keyHash = hashIdempotencyKey('direct-chats', '', user, key);
    const textHash = hashText(companion);
    if ((await chats.claimKey({ keyHash, seq: 0, textHash })).textHash !== textHash)
      throw new IdempotencyKeyReusedError('the idempotency key was used before, for another companion');
  }
  const chatId = directChatId(user, companion);
  const members = [user, companion];
  await Promise.all(members.map((member) => requireRoom(inbox, member, chatId)));
  await Promise.all(members.map((member) => inbox.add(member, chatId, FIRST_EPOCH)));
  await chats.createChat(chatId, { kind: 'direct', name: '', createdAt: Date.now(), owner: undefined, members });
  return chatId;
}
