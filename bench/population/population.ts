/** Who is there before a load begins, and in which chats: the same people in every system. */
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { encodeToken, newSecret } from '../../shared/domain/session-token.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  /** Of the session that is open from the start. */
  readonly token: string;
}

export interface Chat {
  readonly id: string;
  readonly kind: 'direct' | 'group';
  /** Empty in a direct chat. */
  readonly name: string;
  /** Places in the population's users; the first one owns a group. */
  readonly members: readonly number[];
  /** How many messages there are, which the members have sent in turn, the first one last. */
  readonly sent: number;
  /** How many of them the first member has read. */
  readonly read: number;
}

export interface Population {
  readonly users: readonly User[];
  readonly chats: readonly Chat[];
}

export interface StoredMessage {
  readonly sender: User;
  readonly text: string;
}

/** Sessions outlive every load. */
export const SESSION_MS = 24 * 60 * 60 * 1_000;

/** Each has a session of their own. */
export function makeUsers(count: number): User[] {
  return Array.from({ length: count }, (_, index) => {
    const id = randomUUID();
    return { id, name: `user-${index + 1}`, token: encodeToken({ userId: id, sessionId: v7(), secret: newSecret() }) };
  });
}

export function membersOf({ users }: Population, chat: Chat): User[] {
  return chat.members.map((place) => users[place]!);
}

/** The messages that are in a chat from the start, oldest first. */
export function listHistory(population: Population, chat: Chat): StoredMessage[] {
  const members = membersOf(population, chat);
  return Array.from({ length: chat.sent }, (_, index) => ({
    sender: members[(index + 1) % members.length]!,
    text: `message ${index + 1} of the chat ${chat.id}, as long as people write`,
  }));
}

/** How many messages of others the first member has not read. */
export function countUnread(population: Population, chat: Chat): number {
  const [reader] = membersOf(population, chat);
  return listHistory(population, chat)
    .slice(chat.read)
    .filter(({ sender }) => sender !== reader).length;
}
