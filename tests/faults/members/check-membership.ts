/** Whoever was removed can do nothing until added again, and who was added is not refused. */
import type { SentMessage } from '../check/sent-message.ts';
import type { Violation } from '../check/violation.ts';
import { hasSucceeded, type MemberCall, type MemberRecord } from './member-record.ts';
import type { Memberships } from './memberships.ts';
import type { StoredGroup } from './stored-group.ts';

export function* checkMembership(
  group: StoredGroup,
  record: MemberRecord,
  sent: readonly SentMessage[],
  memberships: Memberships,
): Generator<Violation> {
  yield* checkSenders(group, sent, memberships);
  yield* checkLists(record, memberships);
  yield* checkShows(record, memberships);
  const { shows, pages, marks, adds, removals, changes } = record;
  for (const call of [...shows, ...pages, ...marks, ...adds, ...removals, ...changes])
    if (hasSucceeded(call) && standingOf(call, memberships) === 'stranger')
      yield { message: `${call.user} was answered as a member, and is none`, calls: [call] };
  for (const call of record.all) {
    const wasRefused = call.status === 404 && call.heard?.includes('chat-not-found') === true;
    if (wasRefused && standingOf(call, memberships) === 'member')
      yield { message: `${call.user} was refused as a stranger, and is a member`, calls: [call] };
  }
}

function* checkSenders(
  { messages }: StoredGroup,
  sent: readonly SentMessage[],
  memberships: Memberships,
): Generator<Violation> {
  const stored = new Set(messages.map(({ sender, text }) => JSON.stringify([sender, text])));
  for (const { sender, text, startedAtMs, acknowledgedAtMs, calls } of sent)
    if (
      stored.has(JSON.stringify([sender, text])) &&
      memberships.tell(sender, startedAtMs, acknowledgedAtMs) === 'stranger'
    )
      yield { message: `a message of ${sender} is stored that was sent while not being a member`, calls };
}

function* checkLists({ lists }: MemberRecord, memberships: Memberships): Generator<Violation> {
  for (const call of lists) {
    const standing = standingOf(call, memberships);
    if (call.chat === null && standing === 'member')
      yield { message: `the chat is not in the list of ${call.user}, who is a member`, calls: [call] };
    if (call.chat && standing === 'stranger')
      yield { message: `the chat is in the list of ${call.user}, who is not a member`, calls: [call] };
  }
}

function* checkShows({ shows }: MemberRecord, memberships: Memberships): Generator<Violation> {
  for (const call of shows) {
    if (call.details === undefined) continue;
    const shown = new Set(call.details.members.map(({ user_id: user }) => user));
    for (const user of memberships.users) {
      const standing = memberships.tell(user, call.startedAtMs, call.endedAtMs);
      if (standing === 'stranger' && shown.has(user))
        yield { message: `${user} is shown among the members, and is none`, calls: [call] };
      if (standing === 'member' && !shown.has(user))
        yield { message: `${user} is not shown among the members, and is one`, calls: [call] };
    }
  }
}

function standingOf({ user, startedAtMs, endedAtMs }: MemberCall, memberships: Memberships) {
  return memberships.tell(user, startedAtMs, endedAtMs);
}
