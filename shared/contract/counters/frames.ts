/** The contract of counters: the frames of its socket, `/messenger/ws?token=<access token>`. */
import * as z from 'zod/mini';
import { characters, messageText } from '../characters.ts';

/** The one topic there is. */
export const TOPIC = 'messenger';

/** Messages that one frame holds at most: as many as one write. */
const MAX_MESSAGES = 64;

/** What a client calls a frame of its own: a repeat with the same one is the same frame, and answered as the first was. */
export const clientId = z.optional(characters(1, 64));

/** As every frame is written, both ways: `payload` is JSON as a string. */
export const frame = z.object({
  topic: z.literal(TOPIC),
  action: z.string(),
  payload: z.string(),
  client_id: clientId,
});

/** The payloads that clients send. The `client_id` of messages stands there, or beside it in the frame. */
export const payloads = {
  sendMessage: z.object({
    chat_id: z.string(),
    messages: z
      .array(z.object({ text: messageText, status: z.optional(z.literal('created')) }))
      .check(z.minLength(1), z.maxLength(MAX_MESSAGES)),
    client_id: clientId,
  }),
  /** Somebody is writing at this moment. */
  typing: z.object({ chat_id: z.string() }),
  /** Somebody is there, and stays so until a while after the last such frame. */
  presence: z.object({ chat_id: z.string(), status: z.enum(['online', 'away', 'offline']) }),
  /** Answered by `pong`: keeps the socket open, and shows that it is. */
  ping: z.object({}),
} as const;

type PresenceStatus = z.infer<typeof payloads.presence>['status'];

/** A message as frames show it. The first two fields are those that a client sends. */
export interface FrameMessage {
  readonly text: string;
  readonly status: 'created' | 'deleted';
  readonly id: string;
  readonly create_time: string;
  readonly user_id: string;
  readonly chat_id: string;
  /** `id` as a number. */
  readonly seq: number;
  /** When it was edited or deleted. */
  readonly edit_time?: string;
}

/** What the socket sends, by action. Times are ISO 8601 in UTC. */
export interface ServerPayloads {
  /** In order of their numbers, which need not follow one another. */
  readonly 'send-message': { readonly chat_id: string; readonly messages: readonly FrameMessage[] };
  readonly 'edit-message': { readonly chat_id: string; readonly messages: readonly FrameMessage[] };
  readonly 'delete-message': { readonly chat_id: string; readonly messages: readonly FrameMessage[] };
  /** A member has read everything up to this number. */
  readonly read: { readonly chat_id: string; readonly user_id: string; readonly seq: number };
  /** The chat has messages up to this number, whether or not a frame has brought them. */
  readonly latest: { readonly chat_id: string; readonly seq: number };
  readonly typing: { readonly chat_id: string; readonly user_id: string };
  /** Holds until the time given, unless another one comes. */
  readonly presence: {
    readonly chat_id: string;
    readonly user_id: string;
    readonly status: PresenceStatus;
    readonly until: string;
  };
  readonly pong: Readonly<Record<string, never>>;
  /** The frame's messages are stored, the last one under `seq`; of several, all numbers in `seqs`. */
  readonly ack: { readonly client_id: string; readonly seq: number; readonly seqs?: readonly number[] };
  /** `code` is the HTTP status that the same would have; where it may pass, `retry_after` says in how many seconds. */
  readonly error: {
    readonly client_id?: string;
    readonly code: number;
    readonly message: string;
    readonly retry_after?: number;
  };
}

export type ServerAction = keyof ServerPayloads;

/** A frame as it is sent. */
export function writeFrame<Action extends ServerAction>(action: Action, payload: ServerPayloads[Action]): string {
  return JSON.stringify({ topic: TOPIC, action, payload: JSON.stringify(payload) });
}
