/** Lists messages with what has become of them, by the marks of those whom they are for. */
import type { InboxEntry } from '../../shared/domain/inbox.ts';
import { type MembersHead, requireMember } from '../../shared/domain/membership.ts';
import type { ListedMessage } from '../../shared/domain/message-edits.ts';
import { countFitting } from '../../shared/runtime/fit-answer.ts';
import type { MessagePorts } from './message-ports.ts';
import { moveMark } from './move-mark.ts';

export interface DirectMessage extends ListedMessage {
  /** `read` once all others have read it, `received` once their clients have fetched it. */
  readonly status: 'created' | 'received' | 'read' | 'deleted';
}

/**
 * What is listed counts as read by whoever lists it: this surface has no other way to say so.
 * @param limit messages at most; fewer where their texts would be too much for an answer
 * @param offset messages left out, oldest first
 * @throws ChatNotFoundError
 */
export async function listDirectMessages(
  ports: MessagePorts,
  { user, chatId, limit, offset }: { user: string; chatId: string; limit: number; offset: number },
): Promise<{ total: number; messages: readonly DirectMessage[] }> {
  const { chats, reader, inbox } = ports;
  const head = requireMember(await chats.readHead(chatId), user);
  const found = await reader.read(chatId, head, offset + 1, Math.min(offset + limit, head.seq));
  const messages = found.slice(0, countFitting(found));
  const entries = new Map(await inbox.readMembers([...head.sent.keys()], chatId));
  const [newest = 0, own] = [messages.at(-1)?.seq, entries.get(user)];
  if (own !== undefined) {
    if (newest > own.received) await inbox.moveReceived(user, chatId, newest);
    if (newest > own.read) await moveMark(ports, { user, chatId, head, seq: newest });
    entries.set(user, { ...own, received: Math.max(newest, own.received), read: Math.max(newest, own.read) });
  }
  return {
    total: head.seq,
    messages: messages.map((message) => ({ ...message, status: statusOf(message, head, entries) })),
  };
}

function statusOf(
  { seq, sender, deletedAt }: ListedMessage,
  { membership: { joined } }: MembersHead,
  entries: ReadonlyMap<string, InboxEntry>,
): DirectMessage['status'] {
  if (deletedAt !== undefined) return 'deleted';
  // Nobody waits for those who came later.
  const isReader = (member: string): boolean => member !== sender && (joined.get(member) ?? Infinity) < seq;
  const others = [...entries].filter(([member]) => isReader(member)).map(([, entry]) => entry);
  if (others.length === 0) return 'created';
  if (others.every(({ read }) => read >= seq)) return 'read';
  return others.every(({ received, read }) => Math.max(received, read) >= seq) ? 'received' : 'created';
}
