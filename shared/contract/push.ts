/** What stands in a message on the queue of pushes to many sockets. */
import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

export const push = z.strictObject({
  sockets: z.array(z.strictObject({ id: text, userId: text, openedAt: z.int() })),
  /** The frame. */
  text,
});
