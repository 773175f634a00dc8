/** What happens to a chat after messages were committed to it. */
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { ChatNotFoundError, HeadMovedError } from '../../shared/domain/errors.ts';
import type { LiveFeed } from '../../shared/domain/live-events.ts';
import { makeRoom, type Room } from '../../shared/domain/make-room.ts';

/** Smaller than what a sender allows: whoever has the time keeps the head small, so that senders seldom must. */
const FAN_OUT_ROOM: Room = { chunks: 8, bytes: 8 * 1024, senders: 128 };

/**
 * Handles the signal (chat, rest). Every message committed under a `rest` up to this one is in the head or the history
 * that is read here, because `rest` is moved first: whoever writes later needs a new signal. Members' sockets are told of
 * the newest message's number, so that whoever was not told of the message itself notices.
 * @param room what may stay in the head
 * May be repeated at any time and run beside itself.
 * @throws StoreUnavailableError: the signal must be delivered again
 */
export async function fanOutChat(
  { store, live }: { readonly store: ChatStore; readonly live: LiveFeed },
  chatId: string,
  rest: number,
  room: Room = FAN_OUT_ROOM,
): Promise<void> {
  try {
    const head = await store.beginFanOut(chatId, rest);
    await store.movePublished(chatId, head.seq);
    const latest = { chatId, members: head.sent, event: { kind: 'latest', seq: head.seq } } as const;
    await Promise.all([makeRoom(store, chatId, head, room), head.membership && live.tell(latest)]);
  } catch (error) {
    // Somebody else is making room in this head, or nobody has ever written to the chat.
    if (!(error instanceof HeadMovedError || error instanceof ChatNotFoundError)) throw error;
  }
}
