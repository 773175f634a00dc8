/** How the messages of a live load are sent. */
import type { PlannedMessage } from './plan-messages.ts';

/** By requests of their own, or by the senders' sockets. */
export const WAYS = ['http', 'socket'] as const;

export type Way = (typeof WAYS)[number];

/** What tables and pictures call them. */
export const WAY_NAMES: Readonly<Record<Way, string>> = { http: 'HTTP', socket: 'socket' };

/** Told once for each message that it is stored, or what has happened instead. */
export type Answered = (index: number, failure: string | undefined) => void;

export interface Sender {
  send(message: PlannedMessage): void;
  close(): Promise<void>;
}
