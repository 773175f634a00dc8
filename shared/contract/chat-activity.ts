/** What stands in a message on the chat-activity queue. */
import * as z from 'zod/mini';

/** `rest` is the head's value under which messages were about to be committed to the chat. */
export const chatActivity = z.strictObject({ chatId: z.string().check(z.minLength(1)), rest: z.int().check(z.gte(0)) });

export type ChatActivitySignal = z.infer<typeof chatActivity>;
