/** Shows a chat with its members. */
import type { ChatDetails } from '../../shared/contract/v1/chats.ts';
import type { ChatStore } from '../../shared/domain/chat-store.ts';
import { HeadMovedError } from '../../shared/domain/errors.ts';
import type { Inbox, InboxEntry } from '../../shared/domain/inbox.ts';
import { type MembersHead, requireMember } from '../../shared/domain/membership.ts';
import type { People } from '../../shared/domain/people.ts';
import { retryMoved } from '../../shared/domain/retry-moved.ts';
import { effectiveMark } from '../../shared/domain/unread.ts';

/** @throws ChatNotFoundError */
export async function showChat(
  { chats, inbox, people }: { chats: ChatStore; inbox: Inbox; people: People },
  { user, chatId }: { user: string; chatId: string },
): Promise<ChatDetails> {
  const { head, members, entries } = await retryMoved(() => readMembers(chats, inbox, user, chatId));
  const { kind, name, createdAt, owner } = head.membership;
  const found = await people.readMany(members);
  const companion = kind === 'direct' ? members.find((member) => member !== user) : undefined;
  return {
    chat_id: chatId,
    chat_name: companion === undefined ? name : (found.get(companion)?.userName ?? name),
    kind,
    created_at: new Date(createdAt).toISOString(),
    seq: head.seq,
    members: members.map((member) => ({
      user_id: member,
      user_name: found.get(member)?.userName ?? '',
      role: member === owner ? 'owner' : 'member',
      // A mark may have moved since the head was read.
      read_seq: Math.min(head.seq, effectiveMark(head, member, entries.get(member)!).read),
    })),
  };
}

interface Members {
  readonly head: MembersHead;
  readonly members: readonly string[];
  readonly entries: ReadonlyMap<string, InboxEntry>;
}

/** @throws HeadMovedError if a member has left since the head was read: then what is found is of no membership, or of a later one */
async function readMembers(chats: ChatStore, inbox: Inbox, user: string, chatId: string): Promise<Members> {
  const head = requireMember(await chats.readHead(chatId), user);
  const members = [...head.sent.keys()];
  const entries = await inbox.readMembers(members, chatId);
  if (members.some((member) => (entries.get(member)?.epoch ?? Infinity) > head.epoch))
    throw new HeadMovedError('a member has left since the head was read');
  return { head, members, entries };
}
