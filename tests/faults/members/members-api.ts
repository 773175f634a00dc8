/** What members ask of a group chat: each request is written down with what was heard. */
import {
  addMember,
  type ChatAnswer,
  type ChatDetails,
  createChat,
  listChats,
  removeMember,
  showChat,
} from '../../../shared/contract/v1/chats.ts';
import {
  deleteMessage,
  editMessage,
  type ListedMessageAnswer,
  listMessages,
  markRead,
  sendMessage,
} from '../../../shared/contract/v1/messages.ts';
import { ApiClient, type OperationInput, type Route } from '../../support/api-client.ts';
import type { Message } from '../message-sender.ts';
import { showText } from '../record.ts';
import type { User } from './enrol-users.ts';
import {
  type AddCall,
  type ChangeCall,
  hasSucceeded,
  type ListCall,
  type MarkCall,
  type MemberCall,
  MemberRecord,
  type MessageCall,
  type PageCall,
  type RemoveCall,
  type ShowCall,
} from './member-record.ts';

/** The idempotency key under which the chat is created. */
export const CREATION_KEY = 'creation';

/** Of what is heard, so much is kept for reports. */
const KEPT_CHARACTERS = 200;

/** Which page of a chat's messages: those from one on, or those around one. */
export type PageQuery = { readonly from: number } | { readonly around: number };

export class MembersApi {
  readonly record = new MemberRecord();
  readonly #apiUrl: () => Promise<string>;

  /** @param apiUrl asked before each request; waits while there is no API */
  constructor(apiUrl: () => Promise<string>) {
    this.#apiUrl = apiUrl;
  }

  /** @param onCreated told the chat's id */
  async createChat(owner: User, onCreated: (chatId: string) => void, patienceMs: number): Promise<AddCall> {
    const call: AddCall = this.#begin(owner, 'creates the chat', { other: owner.id, key: CREATION_KEY });
    this.record.adds.push(call);
    const text = await this.#ask(
      call,
      owner,
      createChat,
      { body: { chat_name: 'group' }, key: CREATION_KEY },
      patienceMs,
    );
    if (text === undefined) return call;
    const answer: { chat_id: string } = JSON.parse(text);
    onCreated(answer.chat_id);
    return call;
  }

  async send(user: User, chatId: string, { text, key }: Message, patienceMs: number): Promise<MessageCall> {
    const asked = `sends ${showText(text)}${key === undefined ? '' : ` under ${key}`}`;
    const call: MessageCall = this.#begin(user, asked, { sender: user.id, text, key });
    this.record.sends.push(call);
    const input = { path: { chat_id: chatId }, body: { message: text }, ...(key !== undefined && { key }) };
    const answer = await this.#ask(call, user, sendMessage, input, patienceMs);
    if (answer !== undefined) call.answer = JSON.parse(answer);
    return call;
  }

  async list(user: User, chatId: string, patienceMs: number): Promise<ListCall> {
    const call: ListCall = this.#begin(user, 'lists chats', {});
    this.record.lists.push(call);
    const text = await this.#ask(call, user, listChats, {}, patienceMs);
    if (text === undefined) return call;
    const { chats }: { chats: ChatAnswer[] } = JSON.parse(text);
    call.chat = chats.find((chat) => chat.chat_id === chatId) ?? null;
    return call;
  }

  async show(user: User, chatId: string, patienceMs: number): Promise<ShowCall> {
    const call: ShowCall = this.#begin(user, 'shows the chat', {});
    this.record.shows.push(call);
    const text = await this.#ask(call, user, showChat, { path: { chat_id: chatId } }, patienceMs);
    if (text === undefined) return call;
    const details: ChatDetails = JSON.parse(text);
    call.details = details;
    return call;
  }

  /** @param limit how many messages at most */
  async page(user: User, chatId: string, query: PageQuery, limit: number, patienceMs: number): Promise<PageCall> {
    const call: PageCall = this.#begin(user, `reads messages ${JSON.stringify(query)}`, {});
    this.record.pages.push(call);
    const input = { path: { chat_id: chatId }, query: { limit, ...query } };
    const text = await this.#ask(call, user, listMessages, input, patienceMs);
    if (text === undefined) return call;
    const { messages }: { messages: ListedMessageAnswer[] } = JSON.parse(text);
    call.messages = messages;
    return call;
  }

  async mark(user: User, chatId: string, seq: number, patienceMs: number): Promise<MarkCall> {
    const call: MarkCall = this.#begin(user, `has read up to ${seq}`, { seq });
    this.record.marks.push(call);
    await this.#ask(call, user, markRead, { path: { chat_id: chatId }, body: { seq } }, patienceMs);
    return call;
  }

  async add(user: User, chatId: string, other: User, key: string, patienceMs: number): Promise<AddCall> {
    const call: AddCall = this.#begin(user, `adds ${other.id} under ${key}`, { other: other.id, key });
    this.record.adds.push(call);
    const input = { path: { chat_id: chatId }, body: { user_name: other.name }, key };
    await this.#ask(call, user, addMember, input, patienceMs);
    return call;
  }

  async remove(user: User, chatId: string, other: User, patienceMs: number): Promise<RemoveCall> {
    const call: RemoveCall = this.#begin(user, `removes ${other.id}`, { other: other.id });
    this.record.removals.push(call);
    await this.#ask(call, user, removeMember, { path: { chat_id: chatId, user_id: other.id } }, patienceMs);
    return call;
  }

  /** @param text the new one; undefined deletes the message */
  async change(
    user: User,
    chatId: string,
    seq: number,
    text: string | undefined,
    patienceMs: number,
  ): Promise<ChangeCall> {
    const asked = text === undefined ? `deletes ${seq}` : `edits ${seq} to ${showText(text)}`;
    const call: ChangeCall = this.#begin(user, asked, { seq, text });
    this.record.changes.push(call);
    const path = { chat_id: chatId, seq };
    if (text === undefined) await this.#ask(call, user, deleteMessage, { path }, patienceMs);
    else await this.#ask(call, user, editMessage, { path, body: { message: text } }, patienceMs);
    return call;
  }

  #begin<What extends object>(user: User, asked: string, what: What): MemberCall & What {
    return this.record.begin(`${user.id} ${asked}`, { user: user.id, ...what });
  }

  /** The body of a success. */
  async #ask(
    call: MemberCall,
    user: User,
    route: Route,
    input: OperationInput,
    patienceMs: number,
  ): Promise<string | undefined> {
    try {
      const api = new ApiClient(await this.#apiUrl(), user.token);
      const { status, text } = await api.call(route, { ...input, signal: AbortSignal.timeout(patienceMs) });
      call.status = status;
      call.heard = text.slice(0, KEPT_CHARACTERS);
      return hasSucceeded(call) ? text : undefined;
    } catch (error) {
      call.heard = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      call.endedAtMs = Date.now();
    }
  }
}
