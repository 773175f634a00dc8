/** What is there before a load begins is what the loads count on. */
import { expect, test } from 'vitest';
import { makeChatList } from './make-chat-list.ts';
import { makeGroups } from './make-groups.ts';
import { makeLargeGroup } from './make-large-group.ts';
import { makePairs } from './make-pairs.ts';
import { countUnread, listHistory } from './population.ts';

test.each([
  [1, 100],
  [3, 34],
  [100, 10],
  [250, 10],
])('of %d chats each has %d members, and everybody is in one', (chats, size) => {
  const population = makeGroups(chats, 5);
  expect(population.users).toHaveLength(105);
  expect(population.chats.map(({ members }) => new Set(members).size)).toEqual(
    Array.from({ length: chats }, () => size),
  );
  const places = new Set(population.chats.flatMap(({ members }) => members));
  expect(places.size).toBe(100);
});

test.each([
  ['pairs', makePairs(20), 20, 2],
  ['a large group', makeLargeGroup(40), 1, 40],
])('of %s everybody is in one chat', (_, { users, chats }, count, size) => {
  expect(users).toHaveLength(40);
  expect(chats.map(({ members }) => members.length)).toEqual(Array.from({ length: count }, () => size));
  expect(chats.flatMap(({ members }) => members)).toEqual(users.map((_user, place) => place));
});

test.each([1, 7, 200])(
  'a list of %d chats has as many different ones, and their first member is the reader',
  (chats) => {
    const population = makeChatList(chats);
    expect(new Set(population.chats.map(({ id }) => id)).size).toBe(chats);
    for (const { kind, members, name } of population.chats) {
      expect(members[0]).toBe(0);
      expect(new Set(members).size).toBe(kind === 'direct' ? 2 : 10);
      expect(members.every((place) => population.users[place] !== undefined)).toBe(true);
      expect(name === '').toBe(kind === 'direct');
    }
  },
);

test('the members of a chat have sent in turn, and only messages of others can be unread', () => {
  const population = makeChatList(4);
  const [reader, companion] = population.users;
  const [direct] = population.chats;
  const senders = listHistory(population, direct!).map(({ sender }) => sender);
  expect(senders.slice(0, 3)).toEqual([companion, reader, companion]);
  expect(senders).toHaveLength(20);
  // Read up to 20, 15, 10 and 0; in groups every tenth message is the reader's own.
  expect(population.chats.map((chat) => countUnread(population, chat))).toEqual([0, 4, 5, 18]);
});
