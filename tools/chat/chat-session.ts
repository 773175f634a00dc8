/** A signed-in user's chat: what is typed is done, and what happens is shown. */
import {
  type LiveMessage,
  type LiveMessenger,
  type LiveOptions,
  type LiveState,
  type MessengerClient,
  MessengerError,
  NoAnswerError,
} from '../../client/src/index.ts';
import { ToolError } from '../command-line/run-tool.ts';
import { ChatList } from './chat-list.ts';
import { ChatRequests } from './chat-requests.ts';
import { type Command, complete, readCommand } from './command.ts';
import { Conversation } from './conversation.ts';
import { ReadMarker } from './read-marker.ts';
import { renderChange, renderChats, renderDay, renderHelp, renderMembers, renderMessage } from './render.ts';
import type { Screen } from './screen.ts';
import type { SignedIn } from './sign-in.ts';

export interface ChatSessionOptions {
  readonly user: SignedIn;
  readonly screen: Screen;
  /** Messages to show of a chat when it is opened. */
  readonly history: number;
  readonly socketUrl: string | undefined;
  /** Told when the session is over, or the user wants to quit. */
  readonly onQuit: () => void;
}

export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #client: MessengerClient;
  readonly #requests: ChatRequests;
  readonly #chats = new ChatList();
  /** Of users, by id. */
  readonly #names = new Map<string, string>();
  readonly #marker: ReadMarker;
  readonly #unsent = new Set<Promise<void>>();
  #live: LiveMessenger | undefined;
  #open: Conversation | undefined;
  /** Of the message that was shown last. */
  #day = '';
  #wasOffline = false;
  #hasFailed = false;
  #hasBrokenOff = false;
  /** What is shown is shown one after another, although some of it is asked for. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    this.#client = options.user.client;
    this.#requests = new ChatRequests(this.#client);
    this.#names.set(options.user.userId, options.user.userName);
    this.#marker = new ReadMarker((chatId, seq) => this.#requests.markRead(chatId, seq));
  }

  /** Whether something was refused, or not sent. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Whether it ended before all was sent, or because the session was over. */
  get hasBrokenOff(): boolean {
    return this.#hasBrokenOff;
  }

  /** Connects, and opens what the command line names. @throws ToolError if that is not to be had */
  async begin(companion: string | undefined, chat: string | undefined): Promise<void> {
    const { user, socketUrl } = this.#options;
    try {
      this.#live = await this.#client.connect({
        userId: user.userId,
        on: this.#handlers(),
        renewSession: user.logInAgain,
        ...(socketUrl !== undefined && { socketUrl }),
      });
      await this.#listChats();
      if (companion !== undefined) await this.#inTurn(() => this.#openWith(companion));
      else if (chat !== undefined) await this.#inTurn(() => this.#openNamed(chat));
      else this.#print(renderChats(this.#chats.list(undefined), this.#look));
    } catch (error) {
      this.close();
      throw error instanceof MessengerError ? new ToolError(error.message, { cause: error }) : error;
    }
    this.#showStatus();
  }

  /** Does what a line says; resolves when it is done, but for messages: those are on their way. */
  async takeLine(line: string): Promise<void> {
    const command = readCommand(line);
    if (command === undefined) return;
    if (command.name === 'send') this.#send(command.text);
    else await this.#inTurn(() => this.#carryOut(command));
    this.#showStatus();
  }

  /** Somebody is at the keys: a line that is no command is being written. */
  type(line: string): void {
    if (this.#open !== undefined && line !== '' && !line.startsWith('/')) this.#live?.typing(this.#open.chatId);
  }

  complete(line: string): readonly string[] {
    return complete(line, {
      chats: this.#chats.names,
      users: [...this.#names.values()],
      own: this.#open?.own ?? [],
    });
  }

  /** Resolves when nothing is left to be sent. */
  async allSent(): Promise<void> {
    await Promise.all(this.#unsent);
    await this.#turn;
  }

  /** To be called once. */
  close(): void {
    this.#closeConversation();
    this.#live?.close();
    if (this.#unsent.size > 0) this.#breakOff(`of your messages ${this.#unsent.size} may not have been sent`);
  }

  get #look(): Screen['look'] {
    return this.#options.screen.look;
  }

  #handlers(): LiveOptions['on'] {
    return {
      message: (message) => void this.#inTurn(() => this.#takeMessage(message)),
      edit: (message) => void this.#inTurn(() => this.#takeChange(message, message.text)),
      delete: (message) => void this.#inTurn(() => this.#takeChange(message, undefined)),
      read: ({ chat_id, user_id, seq }) => {
        if (user_id === this.#options.user.userId) this.#chats.setRead(chat_id);
        this.#conversationOf(chat_id)?.setMark(user_id, seq);
        this.#showStatus();
      },
      typing: ({ chat_id, user_id }) => {
        this.#conversationOf(chat_id)?.setTyping(user_id);
        this.#showStatus();
      },
      presence: ({ chat_id, user_id, status }) => {
        const open = this.#conversationOf(chat_id);
        open?.setPresence(user_id, status);
        // Who has come does not know yet who is there: that is said only from time to time.
        if (open !== undefined && status === 'online') this.#live?.setPresence(chat_id, 'online');
        this.#showStatus();
      },
      joined: (chat) => {
        this.#chats.add(chat);
        this.#showStatus();
      },
      left: (chatId) => this.#leave(chatId),
      stale: () => this.#notice('you were away for long: what was changed before is shown after /open'),
      state: (state) => this.#takeState(state),
      ended: ({ message }) => {
        this.#breakOff(message);
        this.#options.onQuit();
      },
    };
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  #conversationOf(chatId: string): Conversation | undefined {
    return this.#open?.chatId === chatId ? this.#open : undefined;
  }

  async #takeMessage(message: LiveMessage): Promise<void> {
    const { chat_id, user_id, seq } = message;
    const open = this.#conversationOf(chat_id);
    if (open === undefined) {
      if (user_id !== this.#options.user.userId) this.#chats.countUnread(chat_id);
    } else if (seq > open.newestSeq) {
      // Without an answer it is shown without the name.
      if (!open.knows(user_id)) await this.#readMembers(open).catch(() => undefined);
      this.#showMessage(open, message);
    }
    this.#showStatus();
  }

  #showMessage(open: Conversation, message: LiveMessage): void {
    const shown = open.take(message);
    const day = renderDay(message.created_at, this.#look);
    this.#print([...(day === this.#day ? [] : [day]), ...renderMessage(shown, this.#look)]);
    this.#day = day;
    if (message.user_id !== this.#options.user.userId) this.#marker.show(open.chatId, message.seq);
  }

  async #takeChange(message: LiveMessage, text: string | undefined): Promise<void> {
    const open = this.#conversationOf(message.chat_id);
    if (open === undefined || message.seq > open.newestSeq) return;
    open.change(message);
    const userName = open.nameOf(message.user_id);
    this.#print(renderChange({ seq: message.seq, userName, text }, this.#look));
  }

  #takeState(state: LiveState): void {
    if (state === 'offline' && !this.#wasOffline) this.#notice('the connection is lost; trying again');
    if (state === 'open' && this.#wasOffline) this.#notice('back again');
    if (state === 'offline') this.#wasOffline = true;
    if (state === 'open') this.#wasOffline = false;
    this.#showStatus();
  }

  #send(text: string): void {
    const { chatId } = this.#open ?? {};
    if (chatId === undefined || this.#live === undefined) {
      this.#fail('no chat is open: see /chats, /with and /open');
      return;
    }
    const send: Promise<void> = this.#deliver(this.#live, chatId, text).finally(() => {
      this.#unsent.delete(send);
      this.#showStatus();
    });
    this.#unsent.add(send);
  }

  async #deliver(live: LiveMessenger, chatId: string, text: string): Promise<void> {
    try {
      await live.send(chatId, text);
    } catch (error) {
      // What is given up at the end is counted then.
      if (live.state !== 'closed')
        this.#fail(`not sent: "${text}": ${error instanceof Error ? error.message : 'failed'}`);
    }
  }

  async #carryOut(command: Command): Promise<void> {
    try {
      await this.#do(command);
    } catch (error) {
      if (!(error instanceof MessengerError || error instanceof NoAnswerError || error instanceof ToolError))
        throw error;
      this.#fail(error.message);
    }
  }

  async #do(command: Command): Promise<void> {
    switch (command.name) {
      case 'wrong':
        return this.#fail(command.problem);
      case 'help':
        return this.#print(renderHelp(this.#look));
      case 'chats':
        await this.#listChats();
        return this.#print(renderChats(this.#chats.list(this.#open?.chatId), this.#look));
      case 'open':
        return this.#openNamed(command.chat);
      case 'with':
        return this.#openWith(command.user);
      case 'group':
        return this.#openChat(await this.#requests.createGroup(command.chatName));
      case 'add':
        return this.#add(command.user);
      case 'leave': {
        const { chatId } = this.#requireOpen();
        await this.#requests.removeMember(chatId, this.#options.user.userId);
        return this.#leave(chatId);
      }
      case 'who': {
        const open = this.#requireOpen();
        await this.#readMembers(open);
        return this.#print(renderMembers(open.members, this.#look));
      }
      case 'edit':
        return this.#requests.editMessage(this.#requireOpen().chatId, command.seq, command.text);
      case 'delete':
        return this.#requests.deleteMessage(this.#requireOpen().chatId, command.seq);
      case 'quit':
        return this.#options.onQuit();
      case 'send':
        return this.#send(command.text);
    }
  }

  #requireOpen(): Conversation {
    if (this.#open === undefined) throw new ToolError('no chat is open: see /chats, /with and /open');
    return this.#open;
  }

  async #listChats(): Promise<void> {
    this.#chats.set(await this.#requests.listChats());
  }

  async #openNamed(wanted: string): Promise<void> {
    let chatId = this.#chats.find(wanted);
    if (chatId === undefined) {
      await this.#listChats();
      chatId = this.#chats.find(wanted);
    }
    if (chatId === undefined) throw new ToolError(`there is no chat "${wanted}", or more than one: see /chats`);
    await this.#openChat(chatId);
  }

  async #openWith(userName: string): Promise<void> {
    await this.#openChat(await this.#requests.openDirectChat(userName));
  }

  async #openChat(chat_id: string): Promise<void> {
    const { user, history } = this.#options;
    const details = await this.#requests.showChat(chat_id);
    const messages = await this.#requests.listMessages(chat_id, details.seq, history);

    // One that was created a moment ago is not known to the connection yet.
    if (this.#live?.position.chats[chat_id] === undefined) await this.#live?.sync();
    this.#closeConversation();
    const open = new Conversation(details, user.userId, this.#names, () => this.#showStatus());
    this.#open = open;
    this.#day = '';
    this.#notice(messages.length === 0 ? `${open.name}: nothing has been said yet` : open.name);
    for (const message of messages) this.#showMessage(open, { ...message, chat_id });
    this.#chats.setRead(chat_id);
    this.#live?.setPresence(chat_id, 'online');
  }

  #closeConversation(): void {
    if (this.#open === undefined) return;
    this.#live?.setPresence(this.#open.chatId, 'offline');
    this.#open.close();
    this.#open = undefined;
  }

  async #add(userName: string): Promise<void> {
    const open = this.#requireOpen();
    await this.#requests.addMember(open.chatId, userName);
    await this.#readMembers(open);
    this.#notice(`${userName} is in ${open.name} now`);
  }

  #leave(chatId: string): void {
    const name = this.#chats.remove(chatId);
    if (this.#conversationOf(chatId) !== undefined) this.#closeConversation();
    if (name !== undefined) this.#notice(`you are not in ${name} any more`);
    this.#showStatus();
  }

  async #readMembers(open: Conversation): Promise<void> {
    open.setMembers((await this.#requests.showChat(open.chatId)).members);
  }

  #print(rows: readonly string[]): void {
    this.#options.screen.print(rows);
  }

  #notice(text: string): void {
    this.#options.screen.notice(text);
  }

  #fail(text: string): void {
    this.#hasFailed = true;
    this.#notice(text);
  }

  #breakOff(text: string): void {
    this.#hasBrokenOff = true;
    this.#fail(text);
  }

  #showStatus(): void {
    const open = this.#open;
    this.#options.screen.setStatus({
      chatName: open?.name,
      connection: this.#live?.state ?? 'connecting',
      unsent: this.#unsent.size,
      typing: open?.typing ?? [],
      online: open?.online ?? [],
      unread: this.#chats.unread(open?.chatId),
      tick: open?.tick,
    });
  }
}
