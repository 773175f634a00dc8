/** What is typed is done: messages are sent, and commands carried out. */
import { ToolError } from '../command-line/run-tool.ts';
import type { ChatRequests } from './chat-requests.ts';
import type { ChatView } from './chat-view.ts';
import type { Command } from './command.ts';
import type { Conversation } from './conversation.ts';
import { renderHelp } from './render.ts';
import type { Screen } from './screen.ts';

export interface ChatCommandsOptions {
  readonly view: ChatView;
  readonly requests: ChatRequests;
  readonly screen: Screen;
  readonly userId: string;
  /** Sends a message by and by. */
  readonly send: (chatId: string, text: string) => void;
  /** Told when the user wants to quit. */
  readonly onQuit: () => void;
}

export class ChatCommands {
  readonly #options: ChatCommandsOptions;

  constructor(options: ChatCommandsOptions) {
    this.#options = options;
  }

  /** Resolves when it is done; a message is on its way then. @throws ToolError if it cannot be; what calls of the API throw */
  async carryOut(command: Command): Promise<void> {
    const { view, requests, screen, userId, send, onQuit } = this.#options;
    switch (command.name) {
      case 'send':
        return send(this.#requireOpen().chatId, command.text);
      case 'wrong':
        throw new ToolError(command.problem);
      case 'help':
        return view.print(renderHelp(screen.look));
      case 'chats':
        await view.listChats();
        return view.showChats();
      case 'open':
        return this.openNamed(command.chat);
      case 'with':
        return this.openWith(command.user);
      case 'group':
        return view.openChat(await requests.createGroup(command.chatName));
      case 'add':
        return this.#add(command.user);
      case 'leave': {
        const { chatId } = this.#requireOpen();
        await requests.removeMember(chatId, userId);
        return view.leave(chatId);
      }
      case 'who':
        return view.showMembers(this.#requireOpen());
      case 'edit':
        return requests.editMessage(this.#requireOpen().chatId, command.seq, command.text);
      case 'delete':
        return requests.deleteMessage(this.#requireOpen().chatId, command.seq);
      case 'quit':
        return onQuit();
    }
  }

  /** @param wanted as `/open` takes it. @throws as `carryOut` does */
  async openNamed(wanted: string): Promise<void> {
    const { view } = this.#options;
    let chatId = view.chats.find(wanted);
    if (chatId === undefined) {
      await view.listChats();
      chatId = view.chats.find(wanted);
    }
    if (chatId === undefined) throw new ToolError(`there is no chat "${wanted}", or more than one: see /chats`);
    await view.openChat(chatId);
  }

  /** @throws as `carryOut` does */
  async openWith(userName: string): Promise<void> {
    const { view, requests } = this.#options;
    await view.openChat(await requests.openDirectChat(userName));
  }

  /** @throws ToolError if no chat is open */
  #requireOpen(): Conversation {
    const { open } = this.#options.view;
    if (open === undefined) throw new ToolError('no chat is open: see /chats, /with and /open');
    return open;
  }

  async #add(userName: string): Promise<void> {
    const { view, requests } = this.#options;
    const open = this.#requireOpen();
    await requests.addMember(open.chatId, userName);
    await view.readMembers(open);
    view.notice(`${userName} is in ${open.name} now`);
  }
}
