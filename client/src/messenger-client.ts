/** The canonical API: /v1. */
import { type ApiCalls, createApiCalls } from './api-calls.ts';
import { listPages } from './list-pages.ts';
import { LiveMessenger, type LiveOptions } from './live-messenger.ts';
import { type CallOptions, createSend, type MessengerOptions } from './messenger-options.ts';
import type { Chat, Credentials, Message, MessengerPaths, Session } from './messenger-paths.ts';

export interface ListOptions extends CallOptions {
  /** How many a page holds, 1 to 1,000; 100 by default. */
  readonly limit?: number;
}

export class MessengerClient {
  /** Every operation, by its path. */
  readonly api: ApiCalls<MessengerPaths>;
  /** The session that requests are made in: logging in sets it, and it may be set to go on with one that was kept. */
  sessionId: string | undefined;
  /** Where the API is. */
  readonly baseUrl: string;

  constructor(options: MessengerOptions) {
    const send = createSend(options);
    this.baseUrl = options.baseUrl;
    this.api = createApiCalls(options.baseUrl, (request) => {
      if (this.sessionId !== undefined) request.headers.set('Authorization', `Bearer ${this.sessionId}`);
      return send(request);
    });
  }

  async logIn(credentials: Credentials, options: CallOptions = {}): Promise<void> {
    const { session_id: sessionId } = await this.api.post('/v1/auth/login', { ...options, body: credentials });
    this.sessionId = sessionId;
  }

  async logOut(options: CallOptions = {}): Promise<void> {
    await this.api.post('/v1/auth/logout', options);
    this.sessionId = undefined;
  }

  /**
   * Keeps a socket open, by which messages are sent and come: all of them in order, whatever it loses.
   * @throws MessengerError, NoAnswerError; SessionOverError if nobody is logged in
   */
  connect(options: LiveOptions): Promise<LiveMessenger> {
    return LiveMessenger.connect(this, options);
  }

  /**
   * A chat's messages, oldest first, up to the one that was the newest when the last page was read.
   * @param options `after`: the sequence number after which to begin
   */
  async *listMessages(
    chatId: string,
    { limit, after, ...options }: ListOptions & { readonly after?: number } = {},
  ): AsyncGenerator<Message, void, undefined> {
    const pages = listPages((from) => {
      const place = from === undefined ? { ...(after !== undefined && { after }) } : { from };
      const params = { path: { chat_id: chatId }, query: { ...page(limit), ...place } };
      return this.api.get('/v1/chats/{chat_id}/messages', { ...options, params });
    });
    for await (const { messages } of pages) yield* messages;
  }

  /** The caller's chats, latest first. */
  async *listChats({ limit, ...options }: ListOptions = {}): AsyncGenerator<Chat, void, undefined> {
    const pages = listPages((before) => {
      const query = { ...page(limit), ...(before !== undefined && { before }) };
      return this.api.get('/v1/chats', { ...options, params: { query } });
    });
    for await (const { chats } of pages) yield* chats;
  }

  /** The caller's sessions, live and ended, newest first. */
  async *listSessions({ limit, ...options }: ListOptions = {}): AsyncGenerator<Session, void, undefined> {
    const pages = listPages((from) => {
      const query = { ...page(limit), ...(from !== undefined && { from }) };
      return this.api.get('/v1/sessions', { ...options, params: { query } });
    });
    for await (const { sessions } of pages) yield* sessions;
  }
}

function page(limit: number | undefined): { limit?: number } {
  return limit === undefined ? {} : { limit };
}
