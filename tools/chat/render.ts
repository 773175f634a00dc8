/** What is shown, as lines. Texts and names come as others wrote them, and leave safe for a terminal. */
import wrapAnsi from 'wrap-ansi';
import { COMMANDS } from './command.ts';
import { colourOf, type Paint } from './paint.ts';
import { makeSafe, makeSafeLines } from './safe-text.ts';

export interface Look {
  readonly paint: Paint;
  /** Characters that a row holds; undefined where rows have no end. */
  readonly columns: number | undefined;
  /** IANA name of the time zone; the machine's by default. */
  readonly timeZone?: string;
}

export interface ShownMessage {
  readonly seq: number;
  readonly userId: string;
  readonly userName: string;
  readonly text: string;
  readonly createdAt: string;
  readonly isEdited: boolean;
  readonly isDeleted: boolean;
  /** Of one's own, whether all others have read it. */
  readonly isRead: boolean | undefined;
}

const INDENT = '      ';

/** Rows of at most `columns`; those after the first are indented. */
function wrap(text: string, { columns }: Look): readonly string[] {
  if (columns === undefined) return [text];
  // One column is left free, so that no row ends where a terminal breaks it anyway.
  const width = Math.max(10, columns - INDENT.length - 1);
  const rows = wrapAnsi(text, width, { hard: true, trim: false }).split('\n');
  return rows.map((row, index) => (index === 0 ? row : `${INDENT}${row.replace(/^ /, '')}`).trimEnd());
}

/** `12:30 ann: hello`, with its number at the end. */
export function renderMessage(message: ShownMessage, look: Look): readonly string[] {
  const { paint } = look;
  const name = paint(colourOf(message.userId), makeSafe(message.userName));
  const lines = message.isDeleted ? [paint('dim', '(deleted)')] : makeSafeLines(message.text);
  const ticks = message.isRead === undefined ? '' : message.isRead ? ' ✓✓' : ' ✓';
  const note = paint('dim', ` ${message.isEdited ? '(edited) ' : ''}#${message.seq}${ticks}`);
  const first = `${paint('dim', renderTime(message.createdAt, look))} ${name}: ${lines[0] ?? ''}`;
  const others = lines.slice(1).map((line) => `${INDENT}${line}`);
  return [first, ...others].flatMap((line, index, all) => wrap(index === all.length - 1 ? line + note : line, look));
}

/** A line of the tool's own. */
export function renderNotice(text: string, look: Look): readonly string[] {
  return makeSafeLines(text).flatMap((line) => wrap(look.paint('dim', `- ${line}`), look));
}

export function renderChange(
  change: { readonly seq: number; readonly userName: string; readonly text: string | undefined },
  look: Look,
): readonly string[] {
  const { seq, userName, text } = change;
  const rest =
    text === undefined
      ? `#${seq} was deleted`
      : `${makeSafe(userName)} changed #${seq}: ${makeSafeLines(text).join('\n')}`;
  return renderNotice(rest, look);
}

/** The day of a message, in words. */
export function renderDay(createdAt: string, look: Look): string {
  const day = formatDate(createdAt, look, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return look.paint('dim', `-- ${day} --`);
}

function renderTime(createdAt: string, look: Look): string {
  return formatDate(createdAt, look, { hour: '2-digit', minute: '2-digit', hour12: false });
}

function formatDate(time: string, { timeZone }: Look, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone !== undefined && { timeZone }) }).format(
    new Date(time),
  );
}

export interface ListedChat {
  readonly name: string;
  readonly kind: 'direct' | 'group';
  readonly unread: number;
  readonly isOpen: boolean;
  readonly lastText: string | undefined;
}

const EXCERPT = 40;

/** Numbered from 1 on, as `/open` takes them. */
export function renderChats(chats: readonly ListedChat[], look: Look): readonly string[] {
  if (chats.length === 0) return renderNotice('there is no chat yet: /with USER or /group NAME begins one', look);
  return chats.flatMap(({ name, kind, unread, isOpen, lastText = '' }, index) => {
    const count = unread > 0 ? look.paint('bold', ` (${unread} unread)`) : '';
    const characters = Array.from(makeSafe(lastText));
    const excerpt = characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : characters.join('');
    const number = `${isOpen ? '>' : ' '}${`${index + 1}`.padStart(3)}`;
    return wrap(
      `${number}  ${makeSafe(name)}${kind === 'group' ? ', group' : ''}${count}  ${look.paint('dim', excerpt)}`,
      look,
    );
  });
}

export interface ShownMember {
  readonly userId: string;
  readonly name: string;
  readonly role: 'owner' | 'member';
  readonly presence: 'online' | 'away' | 'offline';
  readonly isSelf: boolean;
  readonly readSeq: number;
}

export function renderMembers(members: readonly ShownMember[], look: Look): readonly string[] {
  return members.flatMap(({ userId, name, role, presence, isSelf, readSeq }) => {
    const mark = presence === 'online' ? '●' : presence === 'away' ? '◐' : '○';
    const read = readSeq === 0 ? 'has read nothing' : `has read up to #${readSeq}`;
    const notes = [isSelf ? 'you' : presence, ...(role === 'owner' ? ['owner'] : []), read];
    return wrap(
      `  ${mark} ${look.paint(colourOf(userId), makeSafe(name))}  ${look.paint('dim', notes.join(', '))}`,
      look,
    );
  });
}

export function renderHelp(look: Look): readonly string[] {
  const rows = Object.entries(COMMANDS).map(([name, { takes, does }]) => `  ${`/${name} ${takes}`.padEnd(20)} ${does}`);
  const note =
    '  Whatever else you type is sent; a message that begins with / is typed with two of them. Tab completes.';
  return [...rows, note].flatMap((row) => wrap(row, look));
}

export interface Status {
  readonly chatName: string | undefined;
  readonly connection: 'connecting' | 'open' | 'offline' | 'closed';
  /** Messages that are not stored yet. */
  readonly unsent: number;
  readonly typing: readonly string[];
  readonly online: readonly string[];
  readonly unread: readonly { readonly name: string; readonly count: number }[];
  /** How the newest message of one's own stands, unless others have written since. */
  readonly tick: 'sent' | 'read' | undefined;
}

const CONNECTIONS = {
  connecting: 'connecting ...',
  open: undefined,
  offline: 'offline, trying again',
  closed: 'closed',
};

/** All that changes beside the messages, on one row. */
export function renderStatus(status: Status, { paint, columns }: Look): string {
  const connection = CONNECTIONS[status.connection];
  const parts = [
    status.chatName === undefined ? 'no chat is open: /chats, /with USER' : makeSafe(status.chatName),
    ...(connection === undefined ? [] : [connection]),
    ...(status.unsent > 0 ? [`${status.unsent} to be sent`] : []),
    ...(status.online.length > 0 ? [`● ${status.online.map(makeSafe).join(', ')}`] : []),
    ...(status.typing.length > 0 ? [`${status.typing.map(makeSafe).join(', ')} typing ...`] : []),
    ...(status.tick === undefined ? [] : [status.tick === 'read' ? '✓✓ read' : '✓ sent']),
    ...status.unread.map(({ name, count }) => `${makeSafe(name)} (${count})`),
  ];
  const row = cut(parts.join(' | '), Math.max(10, (columns ?? 80) - 1));
  return paint(status.connection === 'open' ? 'inverse' : ['inverse', 'yellow'], row);
}

/** The text, or what of it fits. */
function cut(text: string, columns: number): string {
  const options = { hard: true, trim: false, wordWrap: false };
  const [whole = '', ...others] = wrapAnsi(text, columns, options).split('\n');
  if (others.length === 0) return whole;
  const [begin = ''] = wrapAnsi(text, columns - 1, options).split('\n');
  return `${begin}…`;
}
