/** A member's read mark never moves back, not even by leaving and joining again. */
import type { Violation } from '../check/violation.ts';
import { hasSucceeded, type MemberRecord } from './member-record.ts';
import type { Memberships } from './memberships.ts';
import { greatestBefore, type Told } from './told.ts';

export function* checkMarks(record: MemberRecord, memberships: Memberships): Generator<Violation> {
  for (const user of memberships.users) {
    const shown = toldOf(user, record, memberships);
    const set = record.marks
      .filter((call) => call.user === user && hasSucceeded(call))
      .map((call) => ({ value: call.seq, call }));
    const earlier = [...shown, ...set, ...absencesOf(user, record)];
    for (const { value, call } of shown) {
      const before = greatestBefore(earlier, call);
      if (before !== undefined && value < before.value)
        yield {
          message: `the mark of ${user} has moved back from ${before.value} to ${value}`,
          calls: [before.call, call],
        };
    }
  }
}

function toldOf(user: string, { lists, shows }: MemberRecord, memberships: Memberships): Told[] {
  const listed = lists.flatMap((call) =>
    call.user === user && call.chat ? [{ value: call.chat.read_seq, call }] : [],
  );
  const shown = shows
    // While somebody leaves, the mark may be gone before the membership is seen to be.
    .filter(({ startedAtMs, endedAtMs }) => !memberships.mayHaveLeft(user, startedAtMs, endedAtMs))
    .flatMap((call) => {
      const member = call.details?.members.find(({ user_id: id }) => id === user);
      return member === undefined ? [] : [{ value: member.read_seq, call }];
    });
  return [...listed, ...shown];
}

/** Whoever is not a member has read everything up to there, once joined again. */
function absencesOf(user: string, { shows }: MemberRecord): Told[] {
  return shows.flatMap((call) => {
    const { members = [], seq: value = 0 } = call.details ?? {};
    const isAbsent = call.details !== undefined && !members.some(({ user_id: id }) => id === user);
    return isAbsent ? [{ value, call }] : [];
  });
}
