/** What a live connection tells its application. */
import type { SessionOverError } from './errors.ts';
import type { FrameMessage, PresenceStatus } from './live-frames.ts';
import type { ChangedChat, Message } from './messenger-paths.ts';

/** A message as the API lists it, with the chat it is in. */
export type LiveMessage = Message & {
  readonly chat_id: string;
  /** Of a message that this connection has sent and was acknowledged for: the `clientId` of its send. */
  readonly client_id?: string;
};

export type JoinedChat = Pick<ChangedChat, 'chat_id' | 'chat_name' | 'kind' | 'unread_count' | 'read_seq' | 'seq'>;

/**
 * - `connecting`: a socket is being opened
 * - `open`: it is open, and what was missed is being asked for
 * - `offline`: there is none, and the next attempt comes after a while
 * - `closed`: there will be none any more
 */
export type LiveState = 'connecting' | 'open' | 'offline' | 'closed';

/** Each is called where it is given. What it throws is an uncaught error, and ends nothing else. */
export interface LiveHandlers {
  /** Every message of every chat, once, in order of `seq`, one's own included. Its times are the server's, but for one's own. */
  message?(message: LiveMessage): void;
  /** The text of a message that was given before has changed; perhaps more than once. */
  edit?(message: LiveMessage): void;
  /** A message that was given before has been deleted; perhaps more than once. */
  delete?(message: LiveMessage): void;
  /** A member, oneself included, has read up to `seq`; perhaps more than once, and not in order. */
  read?(mark: { readonly chat_id: string; readonly user_id: string; readonly seq: number }): void;
  typing?(typing: { readonly chat_id: string; readonly user_id: string }): void;
  /** Somebody's presence in a chat has changed. Who says nothing for a minute is offline. */
  presence?(presence: { readonly chat_id: string; readonly user_id: string; readonly status: PresenceStatus }): void;
  /** Before any of its messages. */
  joined?(chat: JoinedChat): void;
  left?(chatId: string): void;
  /**
   * It was away for so long that edits, deletions and marks of what was given before are not known: what is shown is to
   * be read again. No message is missing, but for those of chats joined meanwhile that the user has read elsewhere.
   */
  stale?(): void;
  /**
   * What was missed could not be fetched: it is asked for again after a while, and nothing is lost. It may be told as often
   * as that is done.
   * @param error what the call of the API threw
   */
  error?(error: unknown): void;
  state?(state: LiveState): void;
  /** The session is over, and with it this connection. */
  ended?(error: SessionOverError): void;
}

/** The same with every handler there, and none that throws. */
export function guardHandlers(on: LiveHandlers): Required<LiveHandlers> {
  return {
    message: guard((message) => on.message?.(message)),
    edit: guard((message) => on.edit?.(message)),
    delete: guard((message) => on.delete?.(message)),
    read: guard((mark) => on.read?.(mark)),
    typing: guard((typing) => on.typing?.(typing)),
    presence: guard((presence) => on.presence?.(presence)),
    joined: guard((chat) => on.joined?.(chat)),
    left: guard((chatId) => on.left?.(chatId)),
    stale: guard(() => on.stale?.()),
    error: guard((error) => on.error?.(error)),
    state: guard((state) => on.state?.(state)),
    ended: guard((error) => on.ended?.(error)),
  };
}

function guard<Args extends readonly unknown[]>(handler: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      handler(...args);
    } catch (error) {
      // As an EventTarget does it: whoever watches for uncaught errors is told.
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}

/** A frame's message as the API lists it. */
export function readFrameMessage({ id, seq, chat_id, user_id, text, ...frame }: FrameMessage): LiveMessage {
  const { status, create_time: created_at, edit_time } = frame;
  return {
    message_id: id,
    seq,
    chat_id,
    user_id,
    text,
    created_at,
    ...(status === 'deleted' && { deleted_at: edit_time ?? created_at }),
    ...(status !== 'deleted' && edit_time !== undefined && { edited_at: edit_time }),
  };
}
