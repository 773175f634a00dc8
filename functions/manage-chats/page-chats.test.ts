/** Pages of a list of chats. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChatState } from './list-chats.ts';
import { compareLatest } from './list-chats.ts';
import { pageChats } from './page-chats.ts';

const membership = {
  kind: 'group',
  name: '',
  createdAt: 0,
  owner: undefined,
  joined: new Map(),
  joinKeys: new Map(),
  revision: 0,
} as const;
const head = { seq: 0, epoch: 0, rest: 0, bytes: 0, tail: [], sent: new Map(), membership };

function chatsOf(...times: number[]): ChatState[] {
  return times
    .map((activeAt) => ({ chatId: randomUUID(), activeAt, head, mark: { read: 0, own: 0 } }))
    .toSorted(compareLatest);
}

test('pages hold every chat once, also those of one moment', () => {
  const all = chatsOf(5, 5, 5, 5, 3, 2, 2, 1);
  const found: ChatState[] = [];
  let next: string | undefined;
  do {
    const page = pageChats(all, 3, next);
    expect(page.chats.length).toBeGreaterThan(0);
    found.push(...page.chats);
    next = page.next;
  } while (next !== undefined);
  expect(found).toEqual(all);
});

test('a chat that has become active since the last page was read is not in the next one', () => {
  const all = chatsOf(9, 8, 7, 6);
  const { next } = pageChats(all, 2);
  const moved = [...all.slice(0, 3), { ...all[3]!, activeAt: 10 }].toSorted(compareLatest);
  expect(pageChats(moved, 2, next).chats).toEqual([all[2]]);
});

test('the last page has no next', () => {
  expect(pageChats(chatsOf(2, 1), 2).next).toBeUndefined();
});
