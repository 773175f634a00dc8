/** Lets a member leave a group chat, or its owner remove one. */
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { ForbiddenError, UserNotFoundError } from '../../shared/domain/errors.ts';
import { hashText } from '../../shared/domain/idempotency-key.ts';
import type { Inbox } from '../../shared/domain/inbox.ts';
import { isMember, ownerWithout, requireGroup, requireMember } from '../../shared/domain/membership.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';

/**
 * From the moment of its write the user reads and sends nothing any more.
 * @throws ChatNotFoundError, ForbiddenError, UserNotFoundError if the user is no member
 */
export async function removeMember(
  { chats, inbox }: { chats: ChatStore; inbox: Inbox },
  { caller, chatId, user }: { caller: string; chatId: string; user: string },
): Promise<void> {
  let hasTried = false;
  const { epoch } = await retryMoved(async () => {
    const read = await chats.readHead(chatId);
    // The write of the last round was made: when it was sent again, its answer being lost, the head refused it.
    if (hasTried && !isMember(read, user)) return read;
    const head = requireMember(read, caller);
    requireGroup(head);
    const { owner, joined, joinKeys } = head.membership;
    if (user !== caller && caller !== owner) throw new ForbiddenError('only the owner removes others');
    if (!head.sent.has(user)) throw new UserNotFoundError('the user is not a member of the chat');
    hasTried = true;
    // What leaves the head is kept first.
    const keyHash = joinKeys.get(user);
    if (keyHash !== undefined) await chats.putKeys([{ keyHash, seq: joined.get(user) ?? 0, textHash: hashText(user) }]);
    return chats.leave(chatId, head, user, ownerWithout(head, user));
  });
  await inbox.remove(user, chatId, epoch);
}
