/** Lists a page of a chat's messages. */
import { requireMember } from '../../shared/domain/membership.ts';
import type { ListedMessage } from '../../shared/domain/message-edits.ts';
import { countFitting } from '../../shared/runtime/fit-answer.ts';
import type { MessagePorts } from './message-ports.ts';
import { pageRange, type Place } from './page-range.ts';

export interface MessagePage {
  /** Oldest first, without a gap. */
  readonly messages: readonly ListedMessage[];
  /** The first message after the page, if there is one. */
  readonly next: number | undefined;
  /** The page's first message, if there is one before it. */
  readonly previous: number | undefined;
}

/**
 * Notes that the reader's client has received what it is given.
 * @param count messages at most; fewer where their texts would be too much for an answer
 * @throws ChatNotFoundError
 */
export async function listMessages(
  { chats, reader, inbox }: Pick<MessagePorts, 'chats' | 'reader' | 'inbox'>,
  { user, chatId, place, count }: { user: string; chatId: string; place: Place; count: number },
): Promise<MessagePage> {
  const [read, entry] = await Promise.all([chats.readHead(chatId), inbox.read(user, chatId)]);
  const head = requireMember(read, user);
  const { from, to } = pageRange(place, count, head.seq);
  const messages = fit(await reader.read(chatId, head, from, to), place);
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq];
  if (entry !== undefined && last !== undefined && last > entry.received) await inbox.moveReceived(user, chatId, last);
  return {
    messages,
    next: last !== undefined && last < head.seq ? last + 1 : undefined,
    previous: first !== undefined && first > 1 ? first : undefined,
  };
}

/** As many as fit: of a page before a message those that end there, of another one those from the message asked for on. */
function fit(messages: readonly ListedMessage[], { kind, seq }: Place): readonly ListedMessage[] {
  if (countFitting(messages) === messages.length) return messages;
  if (kind === 'before') return messages.slice(messages.length - countFitting(messages.toReversed()));
  const start = messages.findIndex((message) => message.seq === seq);
  const wanted = messages.slice(Math.max(0, start));
  return wanted.slice(0, countFitting(wanted));
}
