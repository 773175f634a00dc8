/** What has changed in all of a user's chats, in the canonical API. */
import * as z from 'zod/mini';
import { operation } from '../operation.ts';
import { chat } from './chats.ts';
import { limit } from './fields.ts';
import { listedMessage } from './messages.ts';

/** Its last message is among the others, if it is new. */
const { last_message: _, ...outline } = chat.shape;

const changedChat = z
  .object({
    ...outline,
    seq: z.int().check(z.gte(0), z.meta({ description: 'Sequence number of the newest message' })),
    messages: z.array(listedMessage).check(z.meta({ description: 'Messages that are new, oldest first' })),
    edits: z.array(listedMessage).check(z.meta({ description: 'Older messages that were edited or deleted' })),
    marks: z
      .array(z.object({ user_id: z.uuid(), read_seq: z.int().check(z.gte(0)) }))
      .check(z.meta({ description: 'How far each member has read' })),
  })
  .check(z.meta({ id: 'ChangedChat' }));

export type ChangedChatAnswer = z.infer<typeof changedChat>;

/** It names what its holder has seen; what it stands for is kept. */
const cursor = z.string().check(z.regex(/^[\w-]{22}$/, { error: 'must be the cursor of an earlier answer' }));

export const syncChats = operation({
  id: 'syncChats',
  surface: 'v1',
  method: 'GET',
  path: '/v1/sync',
  summary: 'Get everything that has changed in all chats since a cursor',
  description:
    'Without a cursor it answers one that stands for now, and no changes. Where `more` is true there is more to be had with the cursor answered. Nothing is left out, and a change may come twice. The same cursor may be used again for 30 days, or for a day once a later one was used; one that is older, or not the caller’s, is a 404: begin anew without one. With members’ marks it tells of chats that have changed otherwise, and of direct chats always.',
  access: 'session',
  query: z.object({ since: z.optional(cursor), limit: limit(1000, 1000) }),
  status: 200,
  answer: z.object({
    chats: z.array(changedChat),
    left: z.array(z.uuid()).check(z.meta({ description: 'Chats that the caller is no member of any more' })),
    cursor: z.string(),
    more: z.boolean(),
  }),
  errors: [404],
});
