/** What stands in a message on the queue of pushes to large chats: something that happened, and whom it is for. */
import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const whole = z.int().check(z.gte(0));
const message = z.object({
  seq: whole,
  sender: text,
  text: z.string(),
  createdAt: whole,
  editedAt: z.exactOptional(whole),
  deletedAt: z.exactOptional(whole),
});

const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent'), messages: z.readonly(z.array(message)) }),
  z.object({ kind: z.enum(['edited', 'deleted']), message }),
  z.object({ kind: z.literal('read'), user: text, seq: whole }),
  z.object({ kind: z.literal('latest'), seq: whole }),
  z.object({ kind: z.literal('typing'), user: text }),
  z.object({ kind: z.literal('presence'), user: text, status: z.enum(['online', 'away', 'offline']), until: whole }),
]);

export const push = z.object({ chatId: text, members: z.array(text), event, origin: z.exactOptional(text) });

export type Push = z.infer<typeof push>;
