/** Which of two versions of a message holds. */
import type { LiveMessage } from './live-events.ts';

/** When a message was changed last; undefined if it is as it was sent. What is deleted stays so, later than any time. */
export function versionOf({ edited_at, deleted_at }: LiveMessage): string | undefined {
  return deleted_at === undefined ? edited_at : `deleted ${deleted_at}`;
}

/** Times are ISO 8601 in UTC, and "deleted" comes after every digit: as texts they are in their own order. */
export function isLaterVersion(one: LiveMessage, other: LiveMessage): boolean {
  return (versionOf(one) ?? '') > (versionOf(other) ?? '');
}
