/** What the members' clients did and heard, by what they asked for. Users stand by their ids. */
import type { ChatAnswer, ChatDetails } from '../../../shared/contract/v1/chats.ts';
import type { ListedMessageAnswer } from '../../../shared/contract/v1/messages.ts';
import { type Call, CallRecord, type SendCall } from '../record.ts';

/** A request of a user, who is a member or not. */
export interface MemberCall extends Call {
  readonly user: string;
}

export interface MessageCall extends MemberCall, SendCall {
  answer?: { readonly message_id: string };
}

export interface ListCall extends MemberCall {
  /** The chat as it stands in the user's list; null if it does not. */
  chat?: ChatAnswer | null;
}

export interface ShowCall extends MemberCall {
  details?: ChatDetails;
}

export interface PageCall extends MemberCall {
  messages?: readonly ListedMessageAnswer[];
}

export interface MarkCall extends MemberCall {
  readonly seq: number;
}

/** Makes `other` a member, once for each key; so does creating the chat with its creator. */
export interface AddCall extends MemberCall {
  readonly other: string;
  readonly key: string;
}

export interface RemoveCall extends MemberCall {
  readonly other: string;
}

/** An edit, or without a text a delete. */
export interface ChangeCall extends MemberCall {
  readonly seq: number;
  readonly text: string | undefined;
}

export class MemberRecord extends CallRecord {
  readonly sends: MessageCall[] = [];
  readonly lists: ListCall[] = [];
  readonly shows: ShowCall[] = [];
  readonly pages: PageCall[] = [];
  readonly marks: MarkCall[] = [];
  readonly adds: AddCall[] = [];
  readonly removals: RemoveCall[] = [];
  readonly changes: ChangeCall[] = [];

  get all(): readonly MemberCall[] {
    const { sends, lists, shows, pages, marks, adds, removals, changes } = this;
    return [...sends, ...lists, ...shows, ...pages, ...marks, ...adds, ...removals, ...changes];
  }
}

/** Whether a call did what it was made for. */
export function hasSucceeded({ status = 0 }: Call): boolean {
  return status >= 200 && status < 300;
}

/** A message that its sender was told to be stored. */
export interface KnownMessage {
  readonly seq: number;
  readonly sender: string;
  readonly text: string;
}

/** What was acknowledged so far, in its order. */
export function knownMessages(sends: readonly MessageCall[]): KnownMessage[] {
  const known = new Map<number, KnownMessage>();
  for (const { answer, sender, text } of sends) {
    const seq = Number(answer?.message_id);
    if (answer !== undefined) known.set(seq, { seq, sender, text });
  }
  return [...known.values()].toSorted((a, b) => a.seq - b.seq);
}
