/** Moves a member's read mark forward. */
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { IdempotencyKeyReusedError } from '../../shared/domain/errors.ts';
import { hashIdempotencyKey, hashText } from '../../shared/domain/idempotency-key.ts';
import { requireMember } from '../../shared/domain/membership.ts';
import { RequestError } from '../../shared/runtime/request-error.ts';
import type { MessagePorts } from './message-ports.ts';
import { moveMark } from './move-mark.ts';

/**
 * A mark that is further on already stays, so that a repeat does no harm.
 * @throws ChatNotFoundError, IdempotencyKeyReusedError; RequestError if `seq` is beyond the newest message
 */
export async function markRead(
  ports: Pick<MessagePorts, 'chats' | 'inbox' | 'live'>,
  { user, chatId, seq, key }: { user: string; chatId: string; seq: number; key?: string | undefined },
): Promise<void> {
  const { chats } = ports;
  const head = requireMember(await chats.readHead(chatId), user);
  if (seq > head.seq) {
    const message = `must not be beyond the chat's newest message, ${head.seq}`;
    throw new RequestError(422, [{ location: ['body', 'seq'], message, type: 'too_big' }]);
  }
  if (key !== undefined) await claimKey(chats, hashIdempotencyKey('read', chatId, user, key), hashText(String(seq)));
  await moveMark(ports, { user, chatId, head, seq });
}

async function claimKey(chats: ChatStore, keyHash: string, textHash: string): Promise<void> {
  const standing = await chats.claimKey({ keyHash, seq: 0, textHash });
  if (standing.textHash !== textHash)
    throw new IdempotencyKeyReusedError('the idempotency key was used before, for another message');
}
