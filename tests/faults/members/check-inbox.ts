/** Whoever is a member has the chat in the inbox, with a mark that is right. */
import { UNREAD } from '../../../shared/domain/unread.ts';
import type { Violation } from '../check/violation.ts';
import type { StoredGroup } from './stored-group.ts';

export function* checkInbox({ head, messages, entries }: StoredGroup): Generator<Violation> {
  for (const [member, joined] of head.membership?.joined ?? []) {
    if (!entries.has(member)) yield { message: `${member} is a member without an inbox entry`, calls: [] };
    const { read, own } = entries.get(member) ?? UNREAD;
    const real = messages.slice(joined, read).filter(({ sender }) => sender === member).length;
    if (read > joined && own !== real)
      yield {
        message: `the mark of ${member} counts ${own} own messages up to ${read}, ${real} are stored`,
        calls: [],
      };
  }
}
