/** What is typed: a message, or a command. */
import { makeSafe } from './safe-text.ts';

export type Command =
  | { readonly name: 'send'; readonly text: string }
  | { readonly name: 'help' | 'chats' | 'leave' | 'who' | 'quit' }
  /** A number of the list, a name or an id. */
  | { readonly name: 'open'; readonly chat: string }
  | { readonly name: 'with'; readonly user: string }
  | { readonly name: 'group'; readonly chatName: string }
  | { readonly name: 'add'; readonly user: string }
  | { readonly name: 'edit'; readonly seq: number; readonly text: string }
  | { readonly name: 'delete'; readonly seq: number }
  /** `problem` says what the command takes. */
  | { readonly name: 'wrong'; readonly problem: string };

interface Usage {
  readonly takes: string;
  readonly does: string;
}

/** In the order of the help. */
export const COMMANDS = {
  help: { takes: '', does: 'this list' },
  chats: { takes: '', does: 'all chats, with what is unread' },
  open: { takes: 'CHAT', does: 'go to a chat: its number in the list, name or id' },
  with: { takes: 'USER', does: 'go to the chat of two with somebody' },
  group: { takes: 'NAME', does: 'create a group chat and go to it' },
  add: { takes: 'USER', does: 'add somebody to the group' },
  leave: { takes: '', does: 'leave the group for good' },
  who: { takes: '', does: 'who is in the chat, who is there, and how far each has read' },
  edit: { takes: 'NUMBER TEXT', does: 'change a message of yours' },
  delete: { takes: 'NUMBER', does: 'delete a message of yours' },
  quit: { takes: '', does: 'quit, as Ctrl-C does' },
} as const satisfies Record<string, Usage>;

export type CommandName = keyof typeof COMMANDS;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** @returns undefined for an empty line. A line that begins with two slashes is a message that begins with one. */
export function readCommand(line: string): Command | undefined {
  if (line.trim() === '') return undefined;
  if (!line.startsWith('/')) return { name: 'send', text: line };
  if (line.startsWith('//')) return { name: 'send', text: line.slice(1) };
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(line) ?? [];
  if (!isCommandName(name)) return { name: 'wrong', problem: `there is no command /${name}: see /help` };
  return readArguments(name, rest.trim()) ?? { name: 'wrong', problem: `/${name} takes ${describeTaken(name)}` };
}

function describeTaken(name: CommandName): string {
  const { takes } = COMMANDS[name];
  return takes === '' ? 'nothing' : takes;
}

/** @returns undefined if they are not what the command takes */
function readArguments(name: CommandName, rest: string): Command | undefined {
  switch (name) {
    case 'open':
      return rest === '' ? undefined : { name, chat: rest };
    case 'with':
    case 'add':
      return rest === '' ? undefined : { name, user: rest };
    case 'group':
      return rest === '' ? undefined : { name, chatName: rest };
    case 'delete': {
      const [, seq] = /^#?(\d{1,15})$/.exec(rest) ?? [];
      return seq === undefined ? undefined : { name, seq: Number(seq) };
    }
    case 'edit': {
      const [, seq, text] = /^#?(\d{1,15})\s+(.+)$/s.exec(rest) ?? [];
      return seq === undefined || text === undefined ? undefined : { name, seq: Number(seq), text };
    }
    case 'help':
    case 'chats':
    case 'leave':
    case 'who':
    case 'quit':
      return rest === '' ? { name } : undefined;
  }
}

export interface Known {
  readonly chats: readonly string[];
  readonly users: readonly string[];
  /** Numbers of the user's own messages, newest first, with their texts. */
  readonly own: readonly { readonly seq: number; readonly text: string }[];
}

/**
 * What a line may become.
 * @returns whole lines
 */
export function complete(line: string, { chats, users, own }: Known): readonly string[] {
  const [, name = '', rest] = /^\/(\S*)(?:\s+(.*))?$/s.exec(line) ?? [];
  if (!line.startsWith('/')) return [];
  if (rest === undefined) return Object.keys(COMMANDS).flatMap((each) => (each.startsWith(name) ? [`/${each} `] : []));
  switch (name) {
    case 'open':
      return matches(name, rest, chats);
    case 'with':
    case 'add':
      return matches(name, rest, users);
    case 'delete':
      return matches(
        name,
        rest,
        own.map(({ seq }) => `${seq}`),
      );
    case 'edit':
      // With its number comes the text that is to be changed.
      return matches(
        name,
        rest,
        own.map(({ seq, text }) => `${seq} ${text}`),
      );
    default:
      return [];
  }
}

/** The editor writes candidates to the terminal as they are, so that there are none with what is not safe there. */
function matches(name: string, rest: string, candidates: readonly string[]): readonly string[] {
  const wanted = rest.toLowerCase();
  const matching = candidates.filter((each) => each.toLowerCase().startsWith(wanted) && makeSafe(each) === each);
  return matching.map((each) => `/${name} ${each}`);
}
