/** The open stream's HTTP contract: what `POST /send_message/` takes and answers. Its shapes are those of an existing client. */
import * as z from 'zod/mini';

/** Counts Unicode characters, not UTF-16 units; a lone surrogate is no character and could not be stored as UTF-8. */
function characters(minimum: number, maximum: number): z.ZodMiniString {
  return z.string().check(
    z.refine((value) => value.isWellFormed(), { error: 'must be well-formed Unicode', abort: true }),
    z.refine(
      (value) => {
        const length = Array.from(value).length;
        return minimum <= length && length <= maximum;
      },
      { error: `must be ${minimum} to ${maximum} characters long` },
    ),
  );
}

/** `{"sender": "...", "text": "..."}`; nothing else. */
export const sendMessageRequest = z.strictObject({ sender: characters(1, 64), text: characters(1, 4096) });

export type SendMessageRequest = z.infer<typeof sendMessageRequest>;

/** A client's `Idempotency-Key` header. */
export const idempotencyKey = characters(1, 64);

/** `created_at` is ISO 8601 in UTC; `user_messages_count` is 1 for the sender's first message, then 2, 3, ... */
export type MessageRow = [id: number, sender: string, text: string, created_at: string, user_messages_count: number];

/** Rows under "0", "1", ... oldest first, ten at most; the last one is the message just sent, whose id comes last. */
export type SendMessageAnswer = Record<`${number}`, MessageRow> & { Message_sent: [id: number] };
