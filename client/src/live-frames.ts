/**
 * The frames of the socket: how they are written and read. Their types are those of the server's contract,
 * shared/contract/counters/frames.ts, written once more because this package stands alone; tests/live-frames.test.ts fails
 * where they differ.
 */

const TOPIC = 'messenger';

export type PresenceStatus = 'online' | 'away' | 'offline';

/** What is sent, by action. */
export interface ClientPayloads {
  /** `client_id` is the key under which the message is stored once, whatever is repeated. */
  readonly 'send-message': {
    readonly chat_id: string;
    readonly messages: readonly [{ readonly text: string; readonly status: 'created' }];
    readonly client_id: string;
  };
  readonly typing: { readonly chat_id: string };
  readonly presence: { readonly chat_id: string; readonly status: PresenceStatus };
  readonly ping: Readonly<Record<string, never>>;
}

/** A message as frames show it. */
export interface FrameMessage {
  readonly text: string;
  readonly status: 'created' | 'deleted';
  readonly id: string;
  readonly create_time: string;
  readonly user_id: string;
  readonly chat_id: string;
  readonly seq: number;
  readonly edit_time?: string;
}

interface FrameMessages {
  readonly chat_id: string;
  readonly messages: readonly FrameMessage[];
}

/** What comes, by action. Times are ISO 8601 in UTC. */
export interface ServerPayloads {
  readonly 'send-message': FrameMessages;
  readonly 'edit-message': FrameMessages;
  readonly 'delete-message': FrameMessages;
  readonly read: { readonly chat_id: string; readonly user_id: string; readonly seq: number };
  readonly latest: { readonly chat_id: string; readonly seq: number };
  readonly typing: { readonly chat_id: string; readonly user_id: string };
  readonly presence: {
    readonly chat_id: string;
    readonly user_id: string;
    readonly status: PresenceStatus;
    readonly until: string;
  };
  readonly pong: Readonly<Record<string, never>>;
  readonly ack: { readonly client_id: string; readonly seq: number; readonly seqs?: readonly number[] };
  readonly error: {
    readonly client_id?: string;
    readonly code: number;
    readonly message: string;
    readonly retry_after?: number;
  };
}

type ServerAction = keyof ServerPayloads;

/** One of the frames that are known, as a union that `action` tells apart. */
export type ServerFrame =
  | {
      [Action in ServerAction]: { readonly action: Action; readonly payload: ServerPayloads[Action] };
    }[ServerAction]
  /** API Gateway answers for the messenger, which did not get some frame or did not answer it: it is not said which. */
  | { readonly action: 'not handled' };

export function writeFrame<Action extends keyof ClientPayloads>(
  action: Action,
  payload: ClientPayloads[Action],
): string {
  return JSON.stringify({ topic: TOPIC, action, payload: JSON.stringify(payload) });
}

/**
 * @param data what a socket's message event holds
 * @returns undefined for what is no frame, or one of a later version
 */
export function readFrame(data: unknown): ServerFrame | undefined {
  const frame = typeof data === 'string' ? readObject(data) : undefined;
  if (frame === undefined) return undefined;
  if (frame.topic !== TOPIC) return typeof frame.message === 'string' ? { action: 'not handled' } : undefined;
  const payload = typeof frame.payload === 'string' ? readObject(frame.payload) : undefined;
  return payload === undefined ? undefined : asKnownFrame(frame.action, payload);
}

interface AnyObject {
  readonly topic?: unknown;
  readonly action?: unknown;
  readonly payload?: unknown;
  readonly message?: unknown;
}

function readObject(text: string): AnyObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The fields that make a payload what its action says; the others are the server's word. */
const FIELDS: { readonly [Action in ServerAction]: Readonly<Record<string, 'string' | 'number' | 'object'>> } = {
  'send-message': { chat_id: 'string', messages: 'object' },
  'edit-message': { chat_id: 'string', messages: 'object' },
  'delete-message': { chat_id: 'string', messages: 'object' },
  read: { chat_id: 'string', user_id: 'string', seq: 'number' },
  latest: { chat_id: 'string', seq: 'number' },
  typing: { chat_id: 'string', user_id: 'string' },
  presence: { chat_id: 'string', user_id: 'string', status: 'string', until: 'string' },
  pong: {},
  ack: { client_id: 'string', seq: 'number' },
  error: { code: 'number', message: 'string' },
};

function asKnownFrame(action: unknown, payload: object): ServerFrame | undefined {
  const frame = { action, payload };
  return isKnownFrame(frame) ? frame : undefined;
}

function isKnownFrame(frame: { readonly action: unknown; readonly payload: object }): frame is ServerFrame & {
  readonly payload: object;
} {
  const fields = Object.entries(FIELDS).find(([action]) => action === frame.action)?.[1];
  if (fields === undefined) return false;
  const values = new Map<string, unknown>(Object.entries(frame.payload));
  return Object.entries(fields).every(([field, type]) => typeof values.get(field) === type);
}
