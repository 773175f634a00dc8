/** Fields that several operations of the canonical API share. */
import * as z from 'zod/mini';
import { wholeNumber, wholeNumberOr } from '../whole-number.ts';

/** Sequence number of a message in its chat. */
export const seq = z.int().check(z.gte(1));

/** ISO 8601 in UTC. */
export const time = z.iso.datetime();

/** Where a list goes on: an opaque string, to be handed back as it is. */
export const next = z.object({ iterator: z.string() }).check(z.meta({ id: 'Next' }));

/** An iterator, where it is handed back. */
export function iterator(form: RegExp) {
  return z.optional(z.string().check(z.regex(form, { error: 'must be the iterator of an earlier page' })));
}

/** How many things a page holds at most. */
export function limit(maximum: number, usual: number) {
  return wholeNumberOr(usual, 1, maximum);
}

export const chatPath = z.object({ chat_id: z.string() });
export const messagePath = z.object({ chat_id: z.string(), seq: wholeNumber(1) });
