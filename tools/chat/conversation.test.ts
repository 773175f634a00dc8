/** What is known of the open chat. */
import { afterEach, expect, test, vi } from 'vitest';
import type { LiveMessage } from '../../client/src/index.ts';
import { type ChatDetails, Conversation } from './conversation.ts';

afterEach(() => vi.useRealTimers());

const MEMBERS: ChatDetails['members'] = [
  { user_id: 'ann-id', user_name: 'ann', role: 'owner', read_seq: 0 },
  { user_id: 'bob-id', user_name: 'bob', role: 'member', read_seq: 0 },
  { user_id: 'eve-id', user_name: 'eve', role: 'member', read_seq: 0 },
];

/** As ann sees it. */
function open(onChange = () => {}): Conversation {
  const chat = { chat_id: 'tea-id', chat_name: 'tea', created_at: '2026-01-01T00:00:00.000Z', seq: 0 };
  return new Conversation({ ...chat, kind: 'group', members: MEMBERS }, 'ann-id', new Map(), onChange);
}

function message(seq: number, user_id: string, changes: Partial<LiveMessage> = {}): LiveMessage {
  const created_at = '2026-01-01T00:00:00.000Z';
  return { message_id: `${seq}`, seq, chat_id: 'tea-id', user_id, text: `text ${seq}`, created_at, ...changes };
}

test('one’s newest message is sent, then read by all others, until somebody else writes', () => {
  const chat = open();
  expect(chat.tick).toBeUndefined();
  expect(chat.take(message(1, 'ann-id')).isRead).toBe(false);
  chat.setMark('bob-id', 1);
  expect(chat.tick).toBe('sent');
  chat.setMark('eve-id', 2);
  expect(chat.tick).toBe('read');
  chat.setMark('eve-id', 0);
  expect(chat.tick).toBe('read');
  expect(chat.take(message(2, 'bob-id')).isRead).toBeUndefined();
  expect(chat.tick).toBeUndefined();
});

test('who types does so until the message comes, or for a while', () => {
  vi.useFakeTimers();
  const onChange = vi.fn<() => void>();
  const chat = open(onChange);
  chat.setTyping('bob-id');
  chat.setTyping('eve-id');
  chat.setTyping('ann-id');
  expect(chat.typing).toEqual(['bob', 'eve']);
  chat.take(message(1, 'bob-id'));
  expect(chat.typing).toEqual(['eve']);
  vi.advanceTimersByTime(5_000);
  expect(chat.typing).toEqual([]);
  expect(onChange).toHaveBeenCalledTimes(1);
  chat.setTyping('bob-id');
  chat.close();
  expect(vi.getTimerCount()).toBe(0);
});

test('who is there is shown, but oneself', () => {
  const chat = open();
  chat.setPresence('bob-id', 'online');
  chat.setPresence('ann-id', 'online');
  chat.setPresence('eve-id', 'away');
  expect(chat.online).toEqual(['bob']);
  expect(chat.members.map(({ name, presence }) => `${name} ${presence}`)).toEqual([
    'ann online',
    'bob online',
    'eve away',
  ]);
  chat.setPresence('bob-id', 'offline');
  expect(chat.online).toEqual([]);
});

test('one’s own messages can be completed as they are now', () => {
  const chat = open();
  for (const seq of [1, 2, 3]) chat.take(message(seq, 'ann-id'));
  chat.take(message(4, 'bob-id'));
  chat.change(message(2, 'ann-id', { text: 'better', edited_at: '2026-01-02T00:00:00.000Z' }));
  chat.change(message(3, 'ann-id', { text: '', deleted_at: '2026-01-02T00:00:00.000Z' }));
  expect(chat.own).toEqual([
    { seq: 2, text: 'better' },
    { seq: 1, text: 'text 1' },
  ]);
});

test('who has left keeps the name that was seen', () => {
  const chat = open();
  chat.setMembers(MEMBERS.slice(0, 2));
  expect(chat.nameOf('eve-id')).toBe('eve');
  expect(chat.nameOf('0c2f8e11-7c3d')).toBe('user 0c2f8e11');
});
