/** Messages read as they were sent, or as they were edited last; a deleted one has no text, wherever it stands. */
import type { ListedMessageAnswer } from '../../../shared/contract/v1/messages.ts';
import { firstSeq } from '../../../shared/domain/chat-head.ts';
import type { Violation } from '../check/violation.ts';
import { type Call, showText } from '../record.ts';
import { type ChangeCall, hasSucceeded, type MemberRecord } from './member-record.ts';
import type { StoredGroup } from './stored-group.ts';

/**
 * @param group with the texts that were sent
 * @param archivedTexts what the history itself holds, by sequence number
 */
export function* checkTexts(
  group: StoredGroup,
  archivedTexts: ReadonlyMap<number, string>,
  record: MemberRecord,
): Generator<Violation> {
  const changes = Map.groupBy(record.changes, ({ seq }) => seq);
  for (const [call, shown] of listShown(record)) {
    const gap = shown.findIndex(({ seq }, index) => seq !== shown[0]!.seq + index);
    if (gap !== -1) yield { message: `a page has ${shown[gap]?.seq} in the place of another message`, calls: [call] };
    for (const message of shown) yield* checkShown(group, message, call, changes.get(message.seq) ?? []);
  }
  const first = firstSeq(group.head);
  for (const [seq, asked] of changes) {
    const deletes = asked.filter((change) => change.text === undefined && hasSucceeded(change));
    if (deletes.length > 0 && seq < first && archivedTexts.get(seq) !== '')
      yield { message: `message ${seq} was deleted, but its text is in the history`, calls: deletes };
  }
}

/** Every call that was told of messages, with these. */
function listShown({ lists, pages }: MemberRecord): [Call, readonly ListedMessageAnswer[]][] {
  return [
    ...pages.map((call): [Call, readonly ListedMessageAnswer[]] => [call, call.messages ?? []]),
    ...lists.map((call): [Call, readonly ListedMessageAnswer[]] => [
      call,
      call.chat?.last_message === undefined ? [] : [call.chat.last_message],
    ]),
  ];
}

function* checkShown(
  { messages }: StoredGroup,
  shown: ListedMessageAnswer,
  call: Call,
  changes: readonly ChangeCall[],
): Generator<Violation> {
  const { seq, user_id: sender, text, created_at: createdAt, edited_at: editedAt, deleted_at: deletedAt } = shown;
  const stored = messages[seq - 1];
  if (stored?.sender !== sender || new Date(stored.createdAt).toISOString() !== createdAt)
    return yield { message: `message ${seq} was shown as what is not stored`, calls: [call] };
  const before = changes.filter((change) => hasSucceeded(change) && change.endedAtMs < call.startedAtMs);
  const begun = changes.filter((change) => change.startedAtMs < call.endedAtMs);
  const deleted = before.filter((change) => change.text === undefined);

  if (deletedAt !== undefined) {
    if (text !== '' || !begun.some((change) => change.text === undefined))
      yield { message: `message ${seq} was shown as deleted with ${showText(text)}`, calls: [call] };
  } else if (deleted.length > 0) {
    yield { message: `message ${seq} was shown after it had been deleted`, calls: [...deleted, call] };
  } else if (editedAt !== undefined) {
    const edits = begun.filter((change) => change.text === text);
    const later = before.filter((change) => edits.every((edit) => endOf(edit) < change.startedAtMs));
    if (edits.length === 0 || later.length > 0)
      yield {
        message: `message ${seq} was shown as ${showText(text)}, which was not its last edit`,
        calls: [...later, call],
      };
  } else if (before.length > 0 || text !== stored.text)
    yield { message: `message ${seq} was shown as ${showText(text)}`, calls: [...before, call] };
}

/** When an edit can be made no more: a function goes on when its client has no answer. */
function endOf({ status = 500, endedAtMs }: ChangeCall): number {
  return status >= 500 ? Infinity : endedAtMs;
}
