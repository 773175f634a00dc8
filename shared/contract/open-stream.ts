/** The open stream's HTTP contract: what `POST /send_message/` takes and answers. Its shapes are those of an existing client. */
import * as z from 'zod/mini';
import { characters, messageText } from './characters.ts';

/** `{"sender": "...", "text": "..."}`; nothing else. */
export const sendMessageRequest = z.strictObject({ sender: characters(1, 64), text: messageText });

export type SendMessageRequest = z.infer<typeof sendMessageRequest>;

/** `created_at` is ISO 8601 in UTC; `user_messages_count` is 1 for the sender's first message, then 2, 3, ... */
export type MessageRow = [id: number, sender: string, text: string, created_at: string, user_messages_count: number];

/** Rows under "0", "1", ... oldest first, ten at most; the last one is the message just sent, whose id comes last. */
export type SendMessageAnswer = Record<`${number}`, MessageRow> & { Message_sent: [id: number] };
