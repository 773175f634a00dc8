/**
 * Unread counters. None is stored: each is counted from a chat's head and a member's mark, so that none can drift. Deleted
 * messages count as any other, a member's own do not.
 */
import { type Head, numberTail } from './chat-head.ts';

/** What a member has read in a chat. It only moves forward, and never beyond the chat's `seq`. */
export interface ReadMark {
  /** Sequence number of the newest message read; 0 at the beginning. */
  readonly read: number;
  /** How many of the messages up to `read` are the member's own, since joining. */
  readonly own: number;
}

/** The mark of somebody who has never read. */
export const UNREAD: ReadMark = { read: 0, own: 0 };

/** A mark counts only if it was made after joining: whoever comes back begins anew. */
export function effectiveMark(head: Head, member: string, mark: ReadMark): ReadMark {
  const joined = head.membership?.joined.get(member) ?? 0;
  return mark.read > joined ? mark : { read: joined, own: 0 };
}

/**
 * How many messages of others a member has not read.
 * @param mark as it was when `head` was read: read it before and after, and again if it has moved
 */
export function countUnread(head: Head, member: string, mark: ReadMark): number {
  const { read, own } = effectiveMark(head, member, mark);
  return head.seq - read - ((head.sent.get(member) ?? 0) - own);
}

/**
 * How many messages each member has sent since joining, up to and with message `to`.
 * @param to at least the number before the tail's first message: who sent what before that, only the history tells
 */
export function countOwn(head: Head, to: number): ReadonlyMap<string, number> {
  const counts = new Map(head.sent);
  for (const { seq, sender } of numberTail(head, to + 1)) {
    const joined = head.membership?.joined.get(sender);
    if (joined !== undefined && seq > joined) counts.set(sender, counts.get(sender)! - 1);
  }
  return counts;
}
