/** What the plain server's two ways of storing a message have in common. */
import type { MessageRow } from '../../../shared/contract/open-stream.ts';

export interface Message {
  readonly chat: string;
  readonly sender: string;
  readonly text: string;
  readonly key: string | undefined;
}

/** Rows as the database gives them; Fastify's serializer writes the time. */
export type Row = [id: MessageRow[0], sender: string, text: string, createdAt: Date, ordinal: number];

/** The finished JSON, or what is to be made JSON, or undefined if the key stands for another text. */
export type Answer = string | Record<string, Row | [id: number]> | undefined;

/** Stores a message once and answers with the last ten of its chat. */
export type SendMessage = (message: Message) => Promise<Answer>;

/** `function`: all of it in one call of a SQL function; `transaction`: single statements from Node.js. */
export const WAYS = ['function', 'transaction'] as const;

export type Way = (typeof WAYS)[number];
