/** Chats are found as they are called, and what is unread is counted. */
import { expect, test } from 'vitest';
import type { Chat } from '../../client/src/index.ts';
import { ChatList } from './chat-list.ts';

function chat(chat_id: string, chat_name: string, unread_count = 0): Chat {
  return { chat_id, chat_name, kind: 'group', unread_count, read_seq: 0 };
}

function list(): ChatList {
  const chats = new ChatList();
  chats.set([chat('a-id', 'Tea'), chat('b-id', 'team', 2), chat('c-id', 'coffee')]);
  return chats;
}

test.each([
  ['2', 'b-id'],
  ['c-id', 'c-id'],
  ['tea', 'a-id'],
  ['TEAM', 'b-id'],
  ['cof', 'c-id'],
  ['te', undefined],
  ['4', undefined],
  ['milk', undefined],
])('%s is %s', (wanted, id) => {
  expect(list().find(wanted)).toBe(id);
});

test('what is unread is counted, but not in the open chat', () => {
  const chats = list();
  chats.countUnread('a-id', 1);
  chats.countUnread('b-id', 1);
  expect(chats.unread('a-id')).toEqual([{ name: 'team', count: 3 }]);
  chats.setRead('b-id');
  expect(chats.unread(undefined)).toEqual([{ name: 'Tea', count: 1 }]);
});

test('a message that the counter takes account of already is not counted again', () => {
  const chats = list();
  chats.add({ ...chat('d-id', 'milk', 2), seq: 5 });
  for (const seq of [4, 5, 6, 6]) chats.countUnread('d-id', seq);
  expect(chats.unread('b-id')).toEqual([{ name: 'milk', count: 3 }]);
});

test('chats come and go', () => {
  const chats = list();
  expect(chats.remove('a-id')).toBe('Tea');
  expect(chats.remove('a-id')).toBeUndefined();
  chats.add({ ...chat('d-id', 'milk'), seq: 0 });
  expect(chats.names).toEqual(['milk', 'team', 'coffee']);
});
