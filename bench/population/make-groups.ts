/** A hundred people in groups, who send. */
import { randomUUID } from 'node:crypto';
import { makeUsers, type Population } from './population.ts';

const MEMBERS = 100;
const LEAST_GROUP = 10;

/**
 * Everybody is in one group at least: in one chat all of them, in a hundred ten each.
 * @param others people beside them, who are in no chat
 */
export function makeGroups(chats: number, others = 0): Population {
  const share = Math.ceil(MEMBERS / chats);
  const size = Math.max(share, LEAST_GROUP);
  return {
    users: makeUsers(MEMBERS + others),
    chats: Array.from({ length: chats }, (_, index) => ({
      id: randomUUID(),
      kind: 'group',
      name: `group ${index + 1}`,
      members: Array.from({ length: size }, (_member, place) => (index * share + place) % MEMBERS),
      sent: 0,
      read: 0,
    })),
  };
}
