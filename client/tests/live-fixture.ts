/** A live connection to a scripted server, which has one chat, and what it has told. */
import { expect, onTestFinished, vi } from 'vitest';
import type { FrameMessage } from '../../shared/contract/counters/frames.ts';
import { type Chat, type LiveMessenger, type LiveOptions, type Message, MessengerClient } from '../src/index.ts';
import { LiveServer, NOTHING_NEW } from './live-server.ts';
import type { ScriptedSocket } from './scripted-socket.ts';

export const CHAT = '7f1ed4ee-4f5c-4bd5-8a3e-d3b6a4e4f4c1';
export const OTHER_CHAT = '0d7b1f8e-6f9c-4a39-9a8d-1f7f5f0d3c11';
export const ANN = '11111111-1111-4111-8111-111111111111';
export const BOB = '22222222-2222-4222-8222-222222222222';

const TIME = '2026-01-01T00:00:00.000Z';
export const EDIT_TIME = '2026-01-02T00:00:00.000Z';

/** Where CHAT's messages are listed. */
export const MESSAGES = `/v1/chats/${CHAT}/messages`;

export interface Fixture {
  readonly server: LiveServer;
  readonly client: MessengerClient;
  /** What the handlers were told, in their order, such as `message 1 hello`. */
  readonly told: string[];
  readonly connect: (options?: Partial<LiveOptions>) => Promise<LiveMessenger>;
}

/** A server where CHAT and OTHER_CHAT have `seq` messages each, and a client that is logged in; all end with the test. */
export async function startFixture(seq = 0): Promise<Fixture> {
  const server = await LiveServer.start();
  server.put('/v1/sync', NOTHING_NEW);
  server.put('/v1/chats', { chats: [listedChat(CHAT, seq), listedChat(OTHER_CHAT, seq)] });
  const client = new MessengerClient({ baseUrl: server.url, maxAttempts: 1 });
  client.sessionId = 'session 1';
  const told: string[] = [];
  const end = new AbortController();
  onTestFinished(async () => {
    end.abort();
    await server.close();
  });
  return {
    server,
    client,
    told,
    connect: async (options) => {
      const live = await client.connect({ userId: ANN, on: noteHandlers(told), ...options });
      end.signal.addEventListener('abort', () => live.close());
      return live;
    },
  };
}

export interface OpenFixture extends Fixture {
  readonly live: LiveMessenger;
  readonly socket: ScriptedSocket;
}

/** The same where both chats have had seven messages, with a connection that is open, and no requests noted yet. */
export async function openFixture(options: Partial<LiveOptions> = {}): Promise<OpenFixture> {
  const fixture = await startFixture(7);
  const live = await fixture.connect(options);
  const socket = await fixture.server.nextSocket();
  // Those of the beginning and of the first socket.
  await vi.waitFor(() => expect(synced(fixture)).toHaveLength(2));
  fixture.server.requests.length = 0;
  return { ...fixture, live, socket };
}

/** The requests for what was missed. */
export function synced({ server }: Pick<Fixture, 'server'>): readonly string[] {
  return server.requests.filter((path) => path.startsWith('/v1/sync'));
}

/** Handlers that note what they are told; states and errors are left to whom they matter. */
export function noteHandlers(told: string[]): LiveOptions['on'] {
  return {
    message: ({ seq, text }) => told.push(`message ${seq} ${text}`),
    edit: ({ seq, text }) => told.push(`edit ${seq} ${text}`),
    delete: ({ seq }) => told.push(`delete ${seq}`),
    read: ({ user_id, seq }) => told.push(`read ${nameOf(user_id)} ${seq}`),
    typing: ({ user_id }) => told.push(`typing ${nameOf(user_id)}`),
    presence: ({ user_id, status }) => told.push(`presence ${nameOf(user_id)} ${status}`),
    joined: ({ chat_name }) => told.push(`joined ${chat_name}`),
    left: () => told.push('left'),
    stale: () => told.push('stale'),
    ended: ({ name }) => told.push(`ended ${name}`),
  };
}

function nameOf(userId: string): string {
  return userId === ANN ? 'ann' : 'bob';
}

export function listedChat(chat_id: string, seq: number): Chat {
  const chat = { chat_id, chat_name: `chat of ${chat_id.slice(0, 4)}`, unread_count: 0, read_seq: 0 };
  return { ...chat, kind: 'group', ...(seq > 0 && { last_message: listedMessage(seq) }) };
}

/** `text 7`, from bob. */
export function listedMessage(seq: number, changes: Partial<Message> = {}): Message {
  return { message_id: `${seq}`, seq, user_id: BOB, text: `text ${seq}`, created_at: TIME, ...changes };
}

/** A page of all messages from one number to another. */
export function listedPage(from: number, to: number): { readonly messages: readonly Message[] } {
  return { messages: Array.from({ length: to - from + 1 }, (_, index) => listedMessage(from + index)) };
}

/** A chat as a sync tells of it. */
export function changedChat(seq: number, changes: object, chatId = CHAT): object {
  return { ...listedChat(chatId, seq), seq, messages: [], edits: [], marks: [], ...changes };
}

/** The same message in a frame. */
export function frameMessage(seq: number, changes: Partial<FrameMessage> = {}): FrameMessage {
  const message = { text: `text ${seq}`, status: 'created', id: `${seq}`, create_time: TIME } as const;
  return { ...message, user_id: BOB, chat_id: CHAT, seq, ...changes };
}

/** The payload of a frame with the messages of these numbers. */
export function frameMessages(...seqs: readonly number[]) {
  return { chat_id: CHAT, messages: seqs.map((seq) => frameMessage(seq)) };
}
