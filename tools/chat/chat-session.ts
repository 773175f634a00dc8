/** A signed-in user's chat: what is typed is done, and what happens is shown. */
import {
  type LiveMessenger,
  type LiveOptions,
  type LiveState,
  MessengerError,
  NoAnswerError,
} from '../../client/src/index.ts';
import { ToolError } from '../command-line/run-tool.ts';
import { ChatCommands } from './chat-commands.ts';
import { ChatRequests } from './chat-requests.ts';
import { ChatView } from './chat-view.ts';
import { type Command, complete, readCommand } from './command.ts';
import { Deliveries } from './deliveries.ts';
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

/** That something cannot be fetched is said once within this time, however often it is tried. */
const TROUBLE_MS = 60_000;

export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #view: ChatView;
  readonly #commands: ChatCommands;
  readonly #deliveries: Deliveries;
  #live: LiveMessenger | undefined;
  #isClosed = false;
  #wasOffline = false;
  #troubleAt = -Infinity;
  #hasFailed = false;
  #hasBrokenOff = false;
  /** What is shown is shown one after another, although some of it is asked for. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ChatSessionOptions) {
    const { user, screen, history, onQuit } = options;
    this.#options = options;
    this.#deliveries = new Deliveries({
      onSettled: () => this.#view.showStatus(),
      onFailed: (problem) => this.#fail(problem),
    });
    const requests = new ChatRequests(user.client);
    const live = () => this.#live;
    const countUnsent = () => this.#deliveries.count;
    this.#view = new ChatView({ user, screen, requests, history, live, countUnsent });
    const send = (chatId: string, text: string) => {
      if (this.#live !== undefined) this.#deliveries.send(this.#live, chatId, text);
    };
    this.#commands = new ChatCommands({ view: this.#view, requests, screen, userId: user.userId, send, onQuit });
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
      this.#live = await user.client.connect({
        userId: user.userId,
        on: this.#handlers(),
        renewSession: user.logInAgain,
        ...(socketUrl !== undefined && { socketUrl }),
      });
      if (this.#isClosed) {
        this.#live.close();
        return;
      }
      await this.#view.listChats();
      if (companion !== undefined) await this.#inTurn(() => this.#commands.openWith(companion));
      else if (chat !== undefined) await this.#inTurn(() => this.#commands.openNamed(chat));
      else this.#view.showChats();
    } catch (error) {
      this.close();
      throw error instanceof MessengerError ? new ToolError(error.message, { cause: error }) : error;
    }
    this.#view.showStatus();
  }

  /** Does what a line says; resolves when it is done, but for messages: those are on their way. */
  async takeLine(line: string): Promise<void> {
    const command = readCommand(line);
    if (command === undefined) return;
    const done = () => this.#carryOut(command);
    await (command.name === 'send' ? done() : this.#inTurn(done));
    this.#view.showStatus();
  }

  /** Somebody is at the keys: a line that is no command is being written. */
  type(line: string): void {
    const { open } = this.#view;
    if (open !== undefined && line !== '' && !line.startsWith('/')) this.#live?.typing(open.chatId);
  }

  complete(line: string): readonly string[] {
    const { chats, userNames: users, open } = this.#view;
    return complete(line, { chats: chats.names, users, own: open?.own ?? [] });
  }

  /** Resolves when nothing is left to be sent. */
  async allSent(): Promise<void> {
    await this.#deliveries.settled();
    await this.#turn;
  }

  /** Closes the socket, now or once it is there, and says what may not have been sent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const unsent = this.#deliveries.count;
    this.#view.closeChat();
    this.#live?.close();
    if (unsent > 0) this.#breakOff(`of your messages ${unsent} may not have been sent`);
  }

  #handlers(): LiveOptions['on'] {
    const view = this.#view;
    return {
      message: (message) => void this.#inTurn(() => view.takeMessage(message)),
      edit: (message) => void this.#inTurn(async () => view.takeChange(message, message.text)),
      delete: (message) => void this.#inTurn(async () => view.takeChange(message, undefined)),
      read: ({ chat_id, user_id, seq }) => view.takeMark(chat_id, user_id, seq),
      typing: ({ chat_id, user_id }) => view.takeTyping(chat_id, user_id),
      presence: ({ chat_id, user_id, status }) => view.takePresence(chat_id, user_id, status),
      joined: (chat) => {
        view.chats.add(chat);
        view.showStatus();
      },
      left: (chatId) => view.leave(chatId),
      stale: () => view.notice('you were away for long: what was changed before is shown after /open'),
      error: (error) => this.#takeTrouble(error),
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

  #takeState(state: LiveState): void {
    if (state === 'offline' && !this.#wasOffline) this.#view.notice('the connection is lost; trying again');
    if (state === 'open' && this.#wasOffline) this.#view.notice('back again');
    if (state === 'offline') this.#wasOffline = true;
    if (state === 'open') this.#wasOffline = false;
    this.#view.showStatus();
  }

  #takeTrouble(error: unknown): void {
    const now = performance.now();
    // That the connection is lost has been said.
    if (this.#wasOffline || now - this.#troubleAt < TROUBLE_MS) return;
    this.#troubleAt = now;
    const reason = error instanceof Error ? error.message : 'failed';
    this.#view.notice(`what was missed cannot be fetched yet: ${reason}; trying again`);
  }

  async #carryOut(command: Command): Promise<void> {
    try {
      await this.#commands.carryOut(command);
    } catch (error) {
      if (!(error instanceof MessengerError || error instanceof NoAnswerError || error instanceof ToolError))
        throw error;
      this.#fail(error.message);
    }
  }

  #fail(text: string): void {
    this.#hasFailed = true;
    this.#view.notice(text);
  }

  #breakOff(text: string): void {
    this.#hasBrokenOff = true;
    this.#fail(text);
  }
}
