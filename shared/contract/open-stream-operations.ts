/** The open stream's routes. Apart from the shapes, which are all that a send needs at hand. */
import * as z from 'zod/mini';
import { sendMessageRequest } from './open-stream.ts';
import { operation } from './operation.ts';

export const checkHealth = operation({
  id: 'checkHealth',
  surface: 'stream',
  method: 'GET',
  path: '/',
  summary: 'Say whether the store answers',
  access: 'anyone',
  status: 200,
  answer: z.object({ status: z.enum(['ok', 'degraded']), store: z.enum(['ok', 'unavailable']) }),
});

const number = z.int().check(z.gte(1));

const row = z
  .tuple([number, z.string(), z.string(), z.iso.datetime(), number])
  .check(
    z.meta({ id: 'StreamRow', description: 'Number of the message, sender, text, time, how many the sender has sent' }),
  );

const ROWS = Array.from({ length: 10 }, (_, index) => `${index}`);

export const sendToStream = operation({
  id: 'sendToStream',
  surface: 'stream',
  method: 'POST',
  path: '/send_message',
  summary: 'Send a message to the stream that everybody may write to',
  description:
    'The answer holds the last ten messages, oldest first, under "0", "1", ...; the last row is the message just sent.',
  access: 'anyone',
  body: sendMessageRequest,
  status: 200,
  answer: z.object({
    '0': row,
    ...Object.fromEntries(ROWS.slice(1).map((key) => [key, z.optional(row)])),
    Message_sent: z.array(number).check(z.length(1)),
  }),
});
