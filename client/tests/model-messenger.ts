/** What the server promises, in memory: numbers without gaps, sends that are stored once, cursors that lose nothing. */
import { type ServerAction, type ServerPayloads, writeFrame } from '../../shared/contract/counters/frames.ts';
import type { Message } from '../src/index.ts';

export interface ModelSocket {
  readonly userId: string;
  /** The network takes it, and does with it what it likes. */
  send(text: string): void;
}

interface Cursor {
  readonly userId: string;
  /** By chat, the number of the newest message seen, and how many edits. */
  readonly seen: ReadonlyMap<string, { readonly seq: number; readonly edits: number }>;
}

interface StoredChat {
  readonly messages: Message[];
  /** Numbers of the messages edited, in the order of the edits. */
  readonly edits: number[];
}

/** Small, so that there are several. */
const PAGE = 3;

export class ModelMessenger {
  readonly sockets = new Set<ModelSocket>();
  readonly #chats = new Map<string, StoredChat>();
  /** As the texts were sent. */
  readonly #places = new Map<string, number>();
  readonly #keys = new Map<string, { readonly seq: number; readonly text: string }>();
  readonly #cursors = new Map<string, Cursor>();
  #times = 0;

  constructor(chatIds: readonly string[]) {
    for (const chatId of chatIds) this.#chats.set(chatId, { messages: [], edits: [] });
  }

  /** All members are told, and the socket that sent it gets the acknowledgement instead. */
  sendMessage(socket: ModelSocket, chatId: string, text: string, clientId: string): void {
    const { messages } = this.#chat(chatId);
    const key = this.keyOf(socket.userId, chatId, clientId);
    const known = this.#keys.get(key);
    if (known !== undefined && known.text !== text) {
      socket.send(writeFrame('error', { client_id: clientId, code: 409, message: 'the key was used before' }));
      return;
    }
    const seq = known?.seq ?? messages.length + 1;
    if (known === undefined) {
      this.#keys.set(key, { seq, text });
      this.#places.set(`${chatId} ${text}`, seq);
      messages.push({ message_id: `${seq}`, seq, user_id: socket.userId, text, created_at: this.#now() });
      this.#tell('send-message', chatId, seq, socket);
    }
    socket.send(writeFrame('ack', { client_id: clientId, seq }));
  }

  keyOf(userId: string, chatId: string, clientId: string): string {
    return `${userId} ${chatId} ${clientId}`;
  }

  messagesOf(chatId: string): readonly Message[] {
    return this.#chat(chatId).messages;
  }

  /** The number of the message that was sent with this text. */
  placeOf(chatId: string, text: string): number {
    return this.#places.get(`${chatId} ${text}`) ?? 0;
  }

  /** Does nothing where there is no message; all sockets are told. */
  editNewest(chatId: string, text: string): void {
    const { messages, edits } = this.#chat(chatId);
    const message = messages.at(-1);
    if (message === undefined) return;
    messages[message.seq - 1] = { ...message, text, edited_at: this.#now() };
    edits.push(message.seq);
    this.#tell('edit-message', chatId, message.seq);
  }

  /** Tells everybody how far each chat is. */
  tellLatest(): void {
    for (const [chat_id, { messages }] of this.#chats)
      for (const socket of this.sockets) socket.send(writeFrame('latest', { chat_id, seq: messages.length }));
  }

  forgetCursors(): void {
    this.#cursors.clear();
  }

  /** @returns undefined if there is no such cursor */
  sync(userId: string, since: string | undefined): object | undefined {
    if (since === undefined) {
      const seen = [...this.#chats].map(([chatId, { messages, edits }]) => {
        return [chatId, { seq: messages.length, edits: edits.length }] as const;
      });
      return { chats: [], left: [], cursor: this.#makeCursor(userId, new Map(seen)), more: false };
    }
    const cursor = this.#cursors.get(since);
    if (cursor?.userId !== userId) return undefined;
    const seen = new Map(cursor.seen);
    let room = PAGE;
    const chats = [...this.#chats].flatMap(([chatId, { messages, edits }]) => {
      const before = cursor.seen.get(chatId) ?? { seq: 0, edits: 0 };
      if (room === 0 || (before.seq === messages.length && before.edits === edits.length)) return [];
      const fresh = messages.slice(before.seq, before.seq + room);
      room -= fresh.length;
      seen.set(chatId, { seq: before.seq + fresh.length, edits: edits.length });
      const edited = edits.slice(before.edits).filter((seq) => seq <= before.seq);
      return [{ ...this.#describe(chatId), messages: fresh, edits: edited.map((seq) => messages[seq - 1]), marks: [] }];
    });
    const more = [...this.#chats].some(([chatId, { messages }]) => seen.get(chatId)?.seq !== messages.length);
    return { chats, left: [], cursor: this.#makeCursor(userId, seen), more };
  }

  listChats(): object {
    return { chats: [...this.#chats.keys()].map((chatId) => this.#describe(chatId)) };
  }

  listMessages(chatId: string, after: number): object {
    const messages = this.#chat(chatId).messages.slice(after, after + PAGE);
    const isLast = after + PAGE >= this.#chat(chatId).messages.length;
    return { messages, ...(!isLast && { next: { iterator: `${after + PAGE + 1}` } }) };
  }

  #chat(chatId: string): StoredChat {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) throw new Error(`there is no chat ${chatId}`);
    return chat;
  }

  #describe(chatId: string): object {
    const { messages } = this.#chat(chatId);
    const last_message = messages.at(-1);
    const described = { chat_id: chatId, chat_name: chatId, kind: 'group', unread_count: 0, read_seq: 0 };
    return { ...described, seq: messages.length, ...(last_message && { last_message }) };
  }

  #tell(action: ServerAction & keyof MessagePayloads, chatId: string, seq: number, origin?: ModelSocket): void {
    const { message_id: id, user_id, text, created_at, edited_at } = this.#chat(chatId).messages[seq - 1]!;
    const message = { id, user_id, text, seq, chat_id: chatId, create_time: created_at, status: 'created' } as const;
    const messages = [{ ...message, ...(edited_at !== undefined && { edit_time: edited_at }) }];
    for (const socket of this.sockets)
      if (socket !== origin) socket.send(writeFrame(action, { chat_id: chatId, messages }));
  }

  #makeCursor(userId: string, seen: Cursor['seen']): string {
    const id = `cursor-${this.#cursors.size}-${this.#times}`;
    this.#cursors.set(id, { userId, seen });
    return id;
  }

  /** Never the same twice. */
  #now(): string {
    return new Date(Date.UTC(2026, 0) + this.#times++).toISOString();
  }
}

type MessagePayloads = Pick<ServerPayloads, 'send-message' | 'edit-message'>;
