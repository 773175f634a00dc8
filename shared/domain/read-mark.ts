/** Makes a member's read mark: how many of the messages up to it are the member's own is counted when it is made. */
import { firstSeq } from './chat-head.ts';
import { numberRun } from './chat-history.ts';
import type { ChatStore } from './chat-store.ts';
import type { MembersHead } from './membership.ts';
import { countOwn, type ReadMark } from './unread.ts';

/**
 * The mark of a member who has read everything up to a message.
 * @param read at most the head's `seq`
 */
export async function makeReadMark(
  chats: ChatStore,
  chatId: string,
  head: MembersHead,
  member: string,
  read: number,
): Promise<ReadMark> {
  const joined = head.membership.joined.get(member) ?? 0;
  if (read <= joined) return { read, own: 0 };
  if (read >= firstSeq(head) - 1) return { read, own: countOwn(head, read).get(member) ?? 0 };
  const [run] = await chats.readRuns(chatId, read, read);
  if (run === undefined) throw new Error(`message ${read} of chat ${chatId} is neither in the head nor in the history`);
  const own = numberRun(run).filter(({ seq, sender }) => sender === member && seq > joined && seq <= read);
  return { read, own: (run.sentBefore.get(member) ?? 0) + own.length };
}
