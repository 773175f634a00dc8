/** Sends a member's messages, and tells the members' open sockets of them. */
import type { ChatWriters } from './chat-writers.ts';
import { hashIdempotencyKey } from './idempotency-key.ts';
import type { LiveFeed } from './live-events.ts';

export interface MemberMessages {
  readonly user: string;
  readonly chatId: string;
  /** In this order; each is stored by itself. */
  readonly texts: readonly string[];
  /** The client's idempotency key: a repeat with the same key gets the first answer again. */
  readonly key?: string | undefined;
  /** The socket by which they came. */
  readonly origin?: string | undefined;
  /** Told when they have got their places before whatever is sent to the chat from here later. */
  readonly onPlaced?: () => void;
}

/**
 * Stores each message once. Where one fails, others may be stored: a repeat with the same key finds out.
 * @returns their sequence numbers
 * @throws ChatNotFoundError, IdempotencyKeyReusedError, StoreUnavailableError as ChatWriter.send
 */
export async function sendMemberMessages(
  { writers, live }: { readonly writers: ChatWriters; readonly live: LiveFeed },
  { user, chatId, texts, key, origin, onPlaced }: MemberMessages,
): Promise<readonly number[]> {
  const writer = await writers.findFor(user, chatId);
  const messages = texts.map((text, index) => ({
    sender: user,
    text,
    ...(key !== undefined && { keyHash: hashIdempotencyKey('chats', chatId, user, key, index) }),
  }));
  const sent = writer.sendAll(messages);
  onPlaced?.();
  return Promise.all(
    sent.map(async (sending) => {
      const { seq, lastMessages, isRepeat, members } = await sending;
      const event = { kind: 'sent', messages: lastMessages.slice(-1) } as const;
      if (!isRepeat) await live.tell({ chatId, members, event, origin });
      return seq;
    }),
  );
}
