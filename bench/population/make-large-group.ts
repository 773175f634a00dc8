/** One group that everybody is in. */
import { randomUUID } from 'node:crypto';
import { makeUsers, type Population } from './population.ts';

export function makeLargeGroup(members: number): Population {
  const users = makeUsers(members);
  const places = users.map((_, place) => place);
  return { users, chats: [{ id: randomUUID(), kind: 'group', name: 'all', members: places, sent: 0, read: 0 }] };
}
