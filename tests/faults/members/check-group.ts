/** Holds a run of a group chat against everything that is promised. */
import { firstSeq } from '../../../shared/domain/chat-head.ts';
import { checkKeys } from '../check/check-keys.ts';
import { checkOrder } from '../check/check-order.ts';
import { checkPublications } from '../check/check-publications.ts';
import { checkStored } from '../check/check-stored.ts';
import { groupCalls } from '../check/sent-message.ts';
import type { Violation } from '../check/violation.ts';
import type { SeenTraffic } from '../scene.ts';
import { checkAcknowledged } from './check-acknowledged.ts';
import { checkFreshness } from './check-freshness.ts';
import { checkHeads } from './check-heads.ts';
import { checkInbox } from './check-inbox.ts';
import { checkMarks } from './check-marks.ts';
import { checkMembership } from './check-membership.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkStatuses } from './check-statuses.ts';
import { checkTexts } from './check-texts.ts';
import { checkUnread } from './check-unread.ts';
import { knownMessages, type MemberRecord } from './member-record.ts';
import { Memberships } from './memberships.ts';
import type { StoredGroup } from './stored-group.ts';

/** @returns what did not hold, each with the calls that it concerns */
export function checkGroup(
  stored: StoredGroup,
  record: MemberRecord,
  { publications, heads }: SeenTraffic,
): Violation[] {
  const group = restoreTexts(stored, record);
  const sent = groupCalls(record.sends);
  const memberships = new Memberships(record.adds, record.removals);
  return [
    ...checkNumbers(group),
    ...checkStored(group, sent),
    ...checkAcknowledged(group, record.sends),
    ...checkKeys(group, sent),
    ...checkOrder(group, sent),
    ...checkPublications(group, publications),
    ...checkStatuses(record.all),
    ...checkMembership(group, record, sent, memberships),
    ...checkHeads(group, heads),
    ...checkInbox(group),
    ...checkMarks(record, memberships),
    ...checkUnread(group, record.lists),
    ...checkFreshness(record),
    ...checkTexts(group, archivedTexts(stored), record),
  ];
}

/** Messages whose texts were taken out, with the texts that they were acknowledged with: clients delete no others. */
function restoreTexts(stored: StoredGroup, { sends, changes }: MemberRecord): StoredGroup {
  const deleted = new Set(changes.flatMap(({ seq, text }) => (text === undefined ? [seq] : [])));
  const sentTexts = new Map(knownMessages(sends).map(({ seq, text }) => [seq, text]));
  const messages = stored.messages.map((message) => {
    const isRedacted = message.text === '' && deleted.has(message.seq);
    return isRedacted ? { ...message, text: sentTexts.get(message.seq) ?? '' } : message;
  });
  return { ...stored, messages };
}

/** What stands in the history. */
function archivedTexts({ head, messages }: StoredGroup): ReadonlyMap<number, string> {
  const archived = messages.filter(({ seq }) => seq < firstSeq(head));
  return new Map(archived.map(({ seq, text }) => [seq, text]));
}
