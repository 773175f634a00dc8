/** Sends a message to the open stream, the one chat that anybody may write to. */
import type { MessageRow, SendMessageAnswer, SendMessageRequest } from '../../shared/contract/open-stream.ts';
import type { NumberedMessage } from '../../shared/domain/chat-head.ts';
import type { ChatWriter } from '../../shared/domain/chat-writer.ts';
import { hashIdempotencyKey } from '../../shared/domain/idempotency-key.ts';

/** The open stream's chat id. */
export const OPEN_STREAM = 'open-stream';

/**
 * Stores the message once and answers with the stream's last ten messages at that moment.
 * @param key the client's idempotency key: a repeat with the same sender and key gets the first answer again
 * @throws IdempotencyKeyReusedError, StoreUnavailableError as ChatWriter.send
 */
export async function sendMessage(
  writer: ChatWriter,
  { sender, text }: SendMessageRequest,
  key?: string,
): Promise<SendMessageAnswer> {
  const message =
    key === undefined
      ? { sender, text }
      : { sender, text, keyHash: hashIdempotencyKey('stream', OPEN_STREAM, sender, key) };
  const { seq, lastMessages } = await writer.send(message);
  const rows: Record<`${number}`, MessageRow> = {};
  for (const [index, row] of lastMessages.entries()) rows[`${index}`] = toRow(row);
  return { ...rows, Message_sent: [seq] };
}

function toRow({ seq, sender, text, createdAt, ordinal }: NumberedMessage): MessageRow {
  return [seq, sender, text, formatTime(createdAt), ordinal];
}

let formatted = { epochMs: NaN, text: '' };

/** As `Date.toISOString`; neighbours mostly have the time of one and the same write. */
function formatTime(epochMs: number): string {
  if (formatted.epochMs !== epochMs) formatted = { epochMs, text: new Date(epochMs).toISOString() };
  return formatted.text;
}
