/** What systems do under load. It goes to the generator's process as JSON. */
import type { Population } from './population/population.ts';

export type Job = OpenSendJob | MemberJob;

/** Anybody sends, to the open stream (1) or to that many chats like it. */
export interface OpenSendJob {
  readonly kind: 'open-send';
  readonly chats: number;
}

/** Members send, each to the chats of their own; or the first of them lists theirs. Each does so in a session. */
export interface MemberJob {
  readonly kind: 'member-send' | 'list-chats';
  /** Who is there before the load begins. */
  readonly population: Population;
}
