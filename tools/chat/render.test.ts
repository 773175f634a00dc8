/** What is shown. */
import { describe, expect, test } from 'vitest';
import { COLOURED, PLAIN } from './paint.ts';
import {
  type Look,
  renderChange,
  renderChats,
  renderDay,
  renderMembers,
  renderMessage,
  renderNotice,
  renderStatus,
  type ShownMessage,
  type Status,
} from './render.ts';

const PLAIN_LOOK: Look = { paint: PLAIN, columns: undefined, timeZone: 'UTC' };
const NARROW: Look = { ...PLAIN_LOOK, columns: 37 };

function message(changes: Partial<ShownMessage> = {}): ShownMessage {
  const times = { createdAt: '2026-11-29T12:30:59.000Z', isEdited: false, isDeleted: false, isRead: undefined };
  return { seq: 7, userId: 'u', userName: 'bob', text: 'hello', ...times, ...changes };
}

describe('a message', () => {
  test.each<[string, Partial<ShownMessage>, readonly string[]]>([
    ['of somebody', {}, ['12:30 bob: hello #7']],
    ['of one’s own', { isRead: false }, ['12:30 bob: hello #7 ✓']],
    ['that was read', { isRead: true }, ['12:30 bob: hello #7 ✓✓']],
    ['that was edited', { isEdited: true }, ['12:30 bob: hello (edited) #7']],
    ['that was deleted', { isDeleted: true, text: '' }, ['12:30 bob: (deleted) #7']],
    ['of several lines', { text: 'a\nb' }, ['12:30 bob: a', '      b #7']],
    ['with a command for the terminal', { text: '\u001b[2Jx', userName: 'b\u001bob' }, ['12:30 b␛ob: ␛[2Jx #7']],
  ])('%s', (_, changes, lines) => {
    expect(renderMessage(message(changes), PLAIN_LOOK)).toEqual(lines);
  });

  test('breaks between words, and is indented then', () => {
    expect(renderMessage(message({ text: 'one two three four five six' }), NARROW)).toEqual([
      '12:30 bob: one two three four',
      '      five six #7',
    ]);
  });

  test.each(['漢'.repeat(40), '😀'.repeat(40), 'x'.repeat(80)])('of wide characters fits its rows: %s', (text) => {
    const rows = renderMessage(message({ text }), NARROW);
    const isWide = !text.startsWith('x');
    for (const row of rows) {
      const wide = isWide ? Array.from(row).filter((character) => text.includes(character)).length : 0;
      expect(Array.from(row).length + wide).toBeLessThan(37);
    }
    expect(rows.join('').replaceAll(/[^漢😀x]/gu, '')).toBe(text);
  });

  test('has colours, the same ones for the same user', () => {
    const look = { ...PLAIN_LOOK, paint: COLOURED };
    const [row = ''] = renderMessage(message(), look);
    expect(row).toContain('\u001b[');
    expect(renderMessage(message(), look)).toEqual([row]);
  });
});

test('a day is told in words', () => {
  expect(renderDay('2026-11-29T12:30:59.000Z', PLAIN_LOOK)).toBe('-- Sunday, 29 November 2026 --');
});

test('changes are told', () => {
  expect(renderChange({ seq: 7, userName: 'bob', text: 'better' }, PLAIN_LOOK)).toEqual(['- bob changed #7: better']);
  expect(renderChange({ seq: 7, userName: 'bob', text: undefined }, PLAIN_LOOK)).toEqual(['- #7 was deleted']);
});

test('a notice is safe, whatever it quotes', () => {
  expect(renderNotice('there is no user \u001b[31m', PLAIN_LOOK)).toEqual(['- there is no user ␛[31m']);
});

test('chats are numbered, with what is unread and how they stand', () => {
  const chats = [
    { name: 'bob', kind: 'direct', unread: 0, isOpen: true, lastText: 'hi' },
    { name: 'tea', kind: 'group', unread: 3, isOpen: false, lastText: 'x'.repeat(60) },
  ] as const;
  expect(renderChats(chats, PLAIN_LOOK)).toEqual(['>  1  bob  hi', `   2  tea, group (3 unread)  ${'x'.repeat(40)}…`]);
  expect(renderChats([], PLAIN_LOOK)).toEqual(['- there is no chat yet: /with USER or /group NAME begins one']);
});

test('members are shown with their presence and marks', () => {
  const member = { userId: 'u', name: 'bob', role: 'owner', presence: 'online', isSelf: false, readSeq: 7 } as const;
  expect(renderMembers([member], PLAIN_LOOK)).toEqual(['  ● bob  online, owner, has read up to #7']);
});

describe('the status', () => {
  const status: Status = {
    chatName: 'bob',
    connection: 'open',
    unsent: 0,
    typing: [],
    online: [],
    unread: [],
    tick: undefined,
  };

  test.each<[Partial<Status>, string]>([
    [{}, 'bob'],
    [{ chatName: undefined }, 'no chat is open: /chats, /with USER'],
    [{ online: ['bob'], tick: 'read' }, 'bob | ● bob | ✓✓ read'],
    [{ typing: ['bob'], tick: 'sent' }, 'bob | bob typing ... | ✓ sent'],
    [{ connection: 'offline', unsent: 2 }, 'bob | offline, trying again | 2 to be sent'],
    [{ connection: 'connecting' }, 'bob | connecting ...'],
    [{ unread: [{ name: 't\u001bea', count: 3 }] }, 'bob | t␛ea (3)'],
  ])('%j', (changes, row) => {
    expect(renderStatus({ ...status, ...changes }, PLAIN_LOOK)).toBe(row);
  });

  test('takes one row, however much there is to say', () => {
    const unread = Array.from({ length: 20 }, (_, index) => ({ name: `chat ${index}`, count: 1 }));
    const row = renderStatus({ ...status, unread }, NARROW);
    expect(row.length).toBeLessThan(37);
    expect(row).not.toContain('\n');
  });
});
