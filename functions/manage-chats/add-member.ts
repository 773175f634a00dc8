/** Adds a user to a group chat. */
import { randomUUID } from 'node:crypto';
import { LIMITS } from '../../shared/domain/chat-head.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { ConflictError, IdempotencyKeyReusedError, UserNotFoundError } from '../../shared/domain/errors.ts';
import { hashIdempotencyKey, hashText } from '../../shared/domain/idempotency-key.ts';
import { type Inbox, requireRoom } from '../../shared/domain/inbox.ts';
import { type MembersHead, requireGroup, requireMember } from '../../shared/domain/membership.ts';
import type { People } from '../../shared/domain/people.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';

/** In the record of a key under which nobody has left the chat again. */
const NOT_ADDED = -1;

/**
 * @param key the client's idempotency key. The head tells that it has added the user, and once the user has left, its
 *   record: a repeat that comes late does not add somebody who has been removed since.
 * @returns the user's id
 * @throws ChatNotFoundError, ForbiddenError, UserNotFoundError, ConflictError, IdempotencyKeyReusedError
 */
export async function addMember(
  { chats, inbox, people }: { chats: ChatStore; inbox: Inbox; people: People },
  { caller, chatId, userName, key }: { caller: string; chatId: string; userName: string; key?: string | undefined },
): Promise<string> {
  const keyHash = key === undefined ? undefined : hashIdempotencyKey('members', chatId, caller, key);
  const joinKey = keyHash ?? randomUUID();
  return retryMoved(async () => {
    const head = requireMember(await chats.readHead(chatId), caller);
    requireGroup(head);
    const user = (await people.findByName(userName))?.userId;
    if (user === undefined) throw new UserNotFoundError('there is no user of this name');
    if (keyHash !== undefined && (await wasAdded(chats, head, keyHash, user))) return user;
    if (head.sent.has(user)) {
      // The write of the last round was made: when it was sent again, its answer being lost, the head refused it.
      if (head.membership.joinKeys.get(user) === joinKey) return user;
      throw new ConflictError('the user is a member of the chat already');
    }
    if (head.sent.size >= LIMITS.members) throw new ConflictError(`the chat has ${LIMITS.members} members, the most`);
    await requireRoom(inbox, user, chatId);
    await inbox.add(user, chatId, head.epoch);
    await chats.join(chatId, head, user, joinKey);
    return user;
  });
}

/**
 * Whether the key has added the user, who may have left since. The key stands for that user from now on.
 * @throws IdempotencyKeyReusedError if it stands for somebody else
 */
async function wasAdded(chats: ChatStore, head: MembersHead, keyHash: string, user: string): Promise<boolean> {
  const { seq, textHash } = await chats.claimKey({ keyHash, seq: NOT_ADDED, textHash: hashText(user) });
  if (textHash !== hashText(user))
    throw new IdempotencyKeyReusedError('the idempotency key was used before, for another user');
  return seq !== NOT_ADDED || head.membership.joinKeys.get(user) === keyHash;
}
