/** Every unread count is what counting the stored messages gives, at the head and the mark that it was told with. */
import type { Violation } from '../check/violation.ts';
import type { ListCall } from './member-record.ts';
import type { StoredGroup } from './stored-group.ts';

export function* checkUnread({ messages }: StoredGroup, lists: readonly ListCall[]): Generator<Violation> {
  for (const call of lists) {
    if (!call.chat) continue;
    const { unread_count: told, read_seq: read, last_message: last } = call.chat;
    const seq = last?.seq ?? 0;
    const unread = messages.slice(read, seq).filter(({ sender }) => sender !== call.user).length;
    if (told !== unread || read > seq)
      yield {
        message: `${call.user} was told of ${told} unread messages of ${read + 1}..${seq}: ${unread}`,
        calls: [call],
      };
  }
}
