/** What happens in chats, as frames of the socket. */
import { type FrameMessage, writeFrame } from '../contract/counters/frames.ts';
import type { LiveEvent } from '../domain/live-events.ts';
import type { ListedMessage } from '../domain/message-edits.ts';

/** API Gateway sends 128 KB at once at most ("Quotas for configuring and running a WebSocket API"); SQS ten such at once. */
const MAX_FRAME_BYTES = 64 * 1024;

/** One frame; of messages that are too much for one, several. */
export function writeLiveEvent(chatId: string, event: LiveEvent): readonly string[] {
  switch (event.kind) {
    case 'sent':
      return writeMessages(
        chatId,
        event.messages.map((message) => describeFrameMessage(chatId, message)),
      );
    case 'edited':
    case 'deleted':
      return [
        writeFrame(event.kind === 'edited' ? 'edit-message' : 'delete-message', {
          chat_id: chatId,
          messages: [describeFrameMessage(chatId, event.message)],
        }),
      ];
    case 'read':
      return [writeFrame('read', { chat_id: chatId, user_id: event.user, seq: event.seq })];
    case 'latest':
      return [writeFrame('latest', { chat_id: chatId, seq: event.seq })];
    case 'typing':
      return [writeFrame('typing', { chat_id: chatId, user_id: event.user })];
    case 'presence': {
      const { user, status, until } = event;
      return [writeFrame('presence', { chat_id: chatId, user_id: user, status, until: formatTime(until) })];
    }
  }
}

function writeMessages(chatId: string, messages: readonly FrameMessage[]): readonly string[] {
  const text = writeFrame('send-message', { chat_id: chatId, messages });
  if (messages.length === 1 || Buffer.byteLength(text) <= MAX_FRAME_BYTES) return [text];
  const half = messages.length >> 1;
  return [...writeMessages(chatId, messages.slice(0, half)), ...writeMessages(chatId, messages.slice(half))];
}

function describeFrameMessage(
  chatId: string,
  { seq, sender, text, createdAt, editedAt, deletedAt }: ListedMessage,
): FrameMessage {
  const changedAt = deletedAt ?? editedAt;
  return {
    text,
    status: deletedAt === undefined ? 'created' : 'deleted',
    id: String(seq),
    create_time: formatTime(createdAt),
    user_id: sender,
    chat_id: chatId,
    seq,
    ...(changedAt !== undefined && { edit_time: formatTime(changedAt) }),
  };
}

function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
