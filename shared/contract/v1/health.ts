/** Whether the service is there, and its stores. */
import * as z from 'zod/mini';
import { operation } from '../operation.ts';

const ok = z.object({ status: z.literal('ok') });

export const ping = operation({
  id: 'ping',
  surface: 'v1',
  method: 'GET',
  path: '/ping',
  summary: 'Say that the service is there',
  access: 'anyone',
  status: 200,
  answer: ok,
});

export const pingDb = operation({
  id: 'pingDb',
  surface: 'v1',
  method: 'GET',
  path: '/ping_db',
  summary: 'Say that every store answers',
  description: 'It is 503 when one does not answer within a second.',
  access: 'anyone',
  status: 200,
  answer: ok,
});
