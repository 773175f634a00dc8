/** What the two ways of storing a member's message have in common. */
import { createHash } from 'node:crypto';

export interface MemberMessage {
  /** See hashToken. */
  readonly tokenHash: Buffer;
  readonly chat: string;
  readonly text: string;
  readonly key: string | undefined;
}

/** The id of the message, once it is stored; else the HTTP status: no session, not a member, or a key with another text. */
export type Sent = { readonly status: 201; readonly id: number } | { readonly status: 401 | 404 | 409 };

/** Stores a member's message once. */
export type SendAsMember = (message: MemberMessage) => Promise<Sent>;

/** What is kept of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
