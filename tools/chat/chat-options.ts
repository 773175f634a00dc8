/** The command line of the chat tool. */
import { defaultApiUrl, type Environment } from '../command-line/engine-defaults.ts';
import { readArguments, readUrl, readWholeNumber } from '../command-line/read-options.ts';
import { ToolError } from '../command-line/run-tool.ts';

export interface ChatOptions {
  readonly url: URL;
  /** Where sockets are, if not below the URL. */
  readonly socketUrl: URL | undefined;
  readonly userName: string;
  /** Undefined if it is to be asked for. */
  readonly password: string | undefined;
  /** Whether the user is to be registered, if there is none of that name. */
  readonly register: boolean;
  /** Whom to talk to: a user's name, or the id or name of a chat; neither if it is to be chosen later. */
  readonly companion: string | undefined;
  readonly chat: string | undefined;
  /** How many messages are shown of a chat when it is opened. */
  readonly history: number;
}

export const CHAT_HELP = `A chat in the terminal.

Usage: npm run chat -- --user NAME [--with NAME | --chat CHAT] [options]

  --user NAME        who you are
  --with NAME        open the chat of two with this user
  --chat CHAT        open this chat: its name or id; without --with and --chat, all chats are listed
  --register         register the user, if there is none of that name
  --history N        messages to show of a chat when it is opened  [20]
  --url URL          base URL of the API  [http://127.0.0.1:8081, or the first port in API_PORT]
  --socket-url URL   where sockets are, if not below the base URL: in AWS, the stack's output SocketUrl
  --help

What you type is sent to the open chat; /help lists the commands. Ctrl-C quits.

Where input or output is no terminal, each line of the input is sent, or is a command, and messages are printed as plain
lines; at the end of the input it waits until all is sent, and ends. Notices go to stderr.

Environment variables: CHAT_PASSWORD, the password, which is asked for otherwise; NO_COLOR, for no colours; API_PORT, as for
npm start.

Exit code: 0 if all was sent, 1 if something was refused, was not sent or the session has ended, 2 if there was no chat.`;

/** @returns undefined if only help is wanted */
export function readChatOptions(args: string[], environment: Environment = process.env): ChatOptions | undefined {
  const { values } = readArguments({
    args,
    options: {
      url: { type: 'string' },
      'socket-url': { type: 'string' },
      user: { type: 'string' },
      with: { type: 'string' },
      chat: { type: 'string' },
      register: { type: 'boolean', default: false },
      history: { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.user === undefined || values.user === '')
    throw new ToolError('--user is missing: it takes your user name\nSee --help.');
  if (values.with !== undefined && values.chat !== undefined)
    throw new ToolError('--with and --chat: only one of them can be opened');
  const socketUrl = values['socket-url'];
  return {
    url: readUrl('url', values.url ?? defaultApiUrl(environment)),
    socketUrl: socketUrl === undefined ? undefined : readSocketUrl(socketUrl),
    userName: values.user,
    password: environment['CHAT_PASSWORD'] || undefined,
    register: values.register,
    companion: values.with,
    chat: values.chat,
    history: readWholeNumber('history', values.history, 1, 1_000),
  };
}

function readSocketUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && ['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol)) return url;
  throw new ToolError(
    `--socket-url: got "${text}"; it takes a URL such as wss://abc123.execute-api.eu-central-1.amazonaws.com/prod`,
  );
}
