/** Does what a frame asks for. */
import { frame, payloads, writeFrame } from '../../shared/contract/counters/frames.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import type { ChatWriters } from '../../shared/domain/chat-writers.ts';
import type { LiveEvent, LiveFeed } from '../../shared/domain/live-events.ts';
import { requireMember } from '../../shared/domain/membership.ts';
import { sendMemberMessages } from '../../shared/domain/send-member-messages.ts';
import type { OpenSocket } from '../../shared/domain/sockets.ts';
import { parseText } from '../../shared/runtime/parse-request.ts';
import { quote } from '../../shared/runtime/quote.ts';
import { RequestError } from '../../shared/runtime/request-error.ts';
import { requireChatId } from '../../shared/runtime/require-chat-id.ts';

export interface FramePorts {
  readonly chats: ChatStore;
  readonly writers: ChatWriters;
  readonly live: LiveFeed;
}

/** How long somebody is taken to be there who has said so; clients say it again before. */
const PRESENCE_MS = 60_000;

/**
 * @param onPlaced told when the frame's messages have their places, or it has none: then the socket's next frame may go on
 * @returns the frame with which the socket is answered, if it is
 * @throws RequestError, ChatNotFoundError, IdempotencyKeyReusedError, StoreUnavailableError
 */
export async function serveFrame(
  ports: FramePorts,
  socket: OpenSocket,
  text: string,
  onPlaced: () => void,
): Promise<string | undefined> {
  const { action, payload, client_id: outerClientId } = parseText(text, frame, 'frame');
  const { id: origin, userId: user } = socket;
  switch (action) {
    case 'ping':
      parseText(payload, payloads.ping, 'payload');
      return writeFrame('pong', {});
    case 'typing': {
      const { chat_id: chatId } = parseText(payload, payloads.typing, 'payload');
      return relay(ports, socket, chatId, { kind: 'typing', user }, onPlaced);
    }
    case 'presence': {
      const { chat_id: chatId, status } = parseText(payload, payloads.presence, 'payload');
      const until = Date.now() + PRESENCE_MS;
      return relay(ports, socket, chatId, { kind: 'presence', user, status, until }, onPlaced);
    }
    case 'send-message': {
      const { chat_id: chatId, messages, client_id } = parseText(payload, payloads.sendMessage, 'payload');
      const key = requireOneName(outerClientId, client_id);
      const texts = messages.map((message) => message.text);
      const sent = { user, chatId: requireChatId(chatId), texts, key, origin, onPlaced };
      const seqs = await sendMemberMessages(ports, sent);
      return key === undefined ? undefined : acknowledge(key, seqs);
    }
    default: {
      const message = `must be one of send-message, typing, presence, ping, got ${quote(action)}`;
      throw new RequestError(422, [{ location: ['frame', 'action'], message, type: 'invalid_value' }]);
    }
  }
}

/** Tells the others in a chat what is stored nowhere, and answers nothing. @throws ChatNotFoundError */
async function relay(
  { chats, live }: FramePorts,
  { id: origin, userId }: OpenSocket,
  chatId: string,
  event: LiveEvent,
  onPlaced: () => void,
): Promise<undefined> {
  const { sent: members } = requireMember(await chats.readHead(requireChatId(chatId)), userId);
  const telling = live.tell({ chatId, members, event, origin });
  onPlaced();
  await telling;
  return undefined;
}

/** The name may stand in the frame or in its payload. */
function requireOneName(outer: string | undefined, inner: string | undefined): string | undefined {
  if (outer !== undefined && inner !== undefined && outer !== inner) {
    const message = `must be that of the frame, ${quote(outer)}, got ${quote(inner)}`;
    throw new RequestError(422, [{ location: ['payload', 'client_id'], message, type: 'invalid_value' }]);
  }
  return outer ?? inner;
}

function acknowledge(clientId: string, seqs: readonly number[]): string {
  const ack = { client_id: clientId, seq: Math.max(...seqs) };
  return writeFrame('ack', seqs.length === 1 ? ack : { ...ack, seqs });
}
