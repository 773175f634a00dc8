/** The port to a user's inbox: which chats the user may be in, and how far each is read. The heads say who is a member. */
import { type Head, LIMITS } from './chat-head.ts';
import { ConflictError } from './errors.ts';
import { isMember, type MembersHead } from './membership.ts';
import { type ReadMark, UNREAD } from './unread.ts';

export interface InboxEntry extends ReadMark {
  /** Sequence number of the newest message that the user's clients have fetched. */
  readonly received: number;
  /** The chat's epoch when the user was added last. Each leave moves it, so that it orders the memberships of a user. */
  readonly epoch: number;
}

/** All methods raise StoreUnavailableError; all reads are consistent. */
export interface Inbox {
  /** Entries by chat id; some may be of chats that the user has left. */
  list(user: string): Promise<ReadonlyMap<string, InboxEntry>>;
  read(user: string, chatId: string): Promise<InboxEntry | undefined>;
  /** The entries of a chat's members, by user. */
  readMembers(users: readonly string[], chatId: string): Promise<ReadonlyMap<string, InboxEntry>>;
  /**
   * To be called before the user joins, so that no member is without an entry; a mark that is there stays.
   * @param epoch under which the user will join; an entry of a later one stays as it is
   */
  add(user: string, chatId: string, epoch: number): Promise<void>;
  /**
   * To be called after the user has left.
   * @param epoch after that; the entry of a user who was added under it or a later one stays
   */
  remove(user: string, chatId: string, epoch: number): Promise<void>;
  /** Moves the mark forward; one that is at `mark.read` or beyond stays. @returns whether it was moved */
  moveRead(user: string, chatId: string, mark: ReadMark): Promise<boolean>;
  /** Moves `received` forward. */
  moveReceived(user: string, chatId: string, seq: number): Promise<void>;
}

/** @throws ConflictError if the user is in as many chats as one may be in, without this one */
export async function requireRoom(inbox: Inbox, user: string, chatId: string): Promise<void> {
  const chats = await inbox.list(user);
  if (chats.size >= LIMITS.chats && !chats.has(chatId))
    throw new ConflictError(`the user is in ${LIMITS.chats} chats, the most`);
}

export interface ReadState {
  readonly head: MembersHead;
  readonly mark: ReadMark;
}

/**
 * Chats with the marks that one user had in them at the moment when their heads were read: the marks are read before and
 * after the heads, and chats whose mark has moved in between are read again.
 * @returns chats of which the user is a member, by id
 */
export async function readInbox(
  inbox: Inbox,
  readHeads: (chatIds: readonly string[]) => Promise<ReadonlyMap<string, Head>>,
  user: string,
): Promise<ReadonlyMap<string, ReadState>> {
  const states = new Map<string, ReadState>();
  let before = await inbox.list(user);
  for (let unsettled = [...before.keys()]; unsettled.length > 0;) {
    const heads = await readHeads(unsettled);
    const after = await inbox.list(user);
    const moved: string[] = [];
    for (const chatId of unsettled) {
      const [head, mark] = [heads.get(chatId), after.get(chatId) ?? UNREAD];
      if (!isMember(head, user)) continue;
      if (before.get(chatId)?.read === mark.read) states.set(chatId, { head, mark });
      else moved.push(chatId);
    }
    unsettled = moved;
    before = after;
  }
  return states;
}
