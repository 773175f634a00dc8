/** Who may do what in a chat of members. */
import type { Head, Membership } from './chat-head.ts';
import { ChatNotFoundError, ForbiddenError } from './errors.ts';

/** A head with what makes it a chat of members. */
export type MembersHead = Head & { readonly membership: Membership };

/**
 * The head, for a member.
 * @throws ChatNotFoundError for everybody else: to strangers a chat is as if it did not exist
 */
export function requireMember(head: Head, user: string): MembersHead {
  if (!isMember(head, user)) throw new ChatNotFoundError('the caller is not a member of the chat');
  return head;
}

export function isMember(head: Head | undefined, user: string): head is MembersHead {
  return head?.membership !== undefined && head.sent.has(user);
}

/** @throws ForbiddenError in a direct chat, whose two members are members for good */
export function requireGroup({ membership }: MembersHead): void {
  if (membership.kind === 'direct') throw new ForbiddenError('a direct chat has its two members for good');
}

/** Who owns the chat once a member has left: if that was the owner, whoever has been there longest. */
export function ownerWithout({ membership, sent }: MembersHead, leaving: string): string {
  const { owner = leaving, joined } = membership;
  if (owner !== leaving) return owner;
  const others = [...sent.keys()].filter((member) => member !== leaving);
  return others.toSorted((a, b) => joined.get(a)! - joined.get(b)! || (a < b ? -1 : 1))[0] ?? leaving;
}
