/** A wave of what the members of a group chat do. */
import type { Network } from '../network.ts';
import type { Repeat, Send } from '../steps.ts';

/** So few that everybody meets everybody; each may have several clients. */
export const USERS = 4;

export interface MembersWave extends Network {
  readonly clients: readonly MemberClient[];
}

/** Does one step after the other. */
export interface MemberClient {
  /** 0 for the one who has created the chat. */
  readonly user: number;
  readonly steps: readonly MemberStep[];
}

/** What is asked again until there is an answer; an impatient client breaks off soon and asks again. */
interface Asked {
  readonly isImpatient: boolean;
}

/** Reads the list of chats, or shows the chat with its members. */
export interface Look extends Asked {
  readonly kind: 'list' | 'show';
}

/** Reads messages around one, marks up to it, edits or deletes one. */
export interface AtMessage extends Asked {
  readonly kind: 'page' | 'mark' | 'edit' | 'delete';
  /** Which message: 0 for the newest of those that it can be done with, 1 for the one before, ... */
  readonly back: number;
}

/** Adds or removes a user; who removes oneself leaves. */
export interface Admit extends Asked {
  readonly kind: 'add' | 'remove';
  readonly other: number;
}

/** A client repeats what any client of its user has sent. */
export type MemberStep = Send | Repeat | Look | AtMessage | Admit;
