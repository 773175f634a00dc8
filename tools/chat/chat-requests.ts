/**
 * What the chat asks the API for. Every call throws what calls of the client throw; where a user is named, ToolError for a
 * name that nobody has.
 */
import {
  type Chat,
  CountersClient,
  type Message,
  type MessengerClient,
  MessengerError,
} from '../../client/src/index.ts';
import { ToolError } from '../command-line/run-tool.ts';
import type { ChatDetails } from './conversation.ts';

export class ChatRequests {
  readonly #client: MessengerClient;

  constructor(client: MessengerClient) {
    this.#client = client;
  }

  /** Latest first. */
  async listChats(): Promise<readonly Chat[]> {
    const chats: Chat[] = [];
    for await (const chat of this.#client.listChats()) chats.push(chat);
    return chats;
  }

  showChat(chat_id: string): Promise<ChatDetails> {
    return this.#client.api.get('/v1/chats/{chat_id}', { params: { path: { chat_id } } });
  }

  /** The last messages up to this number, oldest first. */
  async listMessages(chat_id: string, seq: number, limit: number): Promise<readonly Message[]> {
    if (seq === 0) return [];
    const params = { path: { chat_id }, query: { before: seq + 1, limit } };
    return (await this.#client.api.get('/v1/chats/{chat_id}/messages', { params })).messages;
  }

  /** @returns the id of the chat of two, which there is from now on */
  async openDirectChat(user_name: string): Promise<string> {
    const { user_id } = await requireUser(
      user_name,
      this.#client.api.get('/v1/users', { params: { query: { user_name } } }),
    );
    // It is opened in the API of counters, which takes the session as its token.
    const counters = new CountersClient({ baseUrl: this.#client.baseUrl });
    counters.tokens = { access_token: this.#client.sessionId ?? '', refresh_token: '' };
    return (await counters.api.post('/messenger/create-chat', { body: { companion_id: user_id } })).chat_id;
  }

  /** @returns the id of the group */
  async createGroup(chat_name: string): Promise<string> {
    return (await this.#client.api.post('/v1/chats', { body: { chat_name } })).chat_id;
  }

  async addMember(chat_id: string, user_name: string): Promise<void> {
    const params = { path: { chat_id } };
    await requireUser(user_name, this.#client.api.post('/v1/chats/{chat_id}/users', { params, body: { user_name } }));
  }

  async removeMember(chat_id: string, user_id: string): Promise<void> {
    await this.#client.api.delete('/v1/chats/{chat_id}/users/{user_id}', { params: { path: { chat_id, user_id } } });
  }

  async editMessage(chat_id: string, seq: number, message: string): Promise<void> {
    const params = { path: { chat_id, seq } };
    await this.#client.api.patch('/v1/chats/{chat_id}/messages/{seq}', { params, body: { message } });
  }

  async deleteMessage(chat_id: string, seq: number): Promise<void> {
    await this.#client.api.delete('/v1/chats/{chat_id}/messages/{seq}', { params: { path: { chat_id, seq } } });
  }

  async markRead(chat_id: string, seq: number): Promise<void> {
    await this.#client.api.post('/v1/chats/{chat_id}/read', { params: { path: { chat_id } }, body: { seq } });
  }
}

async function requireUser<Answer>(userName: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    if (!(cause instanceof MessengerError && cause.code === 'user-not-found')) throw cause;
    throw new ToolError(
      `nobody is registered as "${userName}": check the name, or register it with npm run chat -- --user "${userName}" --register`,
      { cause },
    );
  }
}
