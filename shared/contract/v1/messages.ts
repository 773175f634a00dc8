/** Messages in the canonical API. */
import * as z from 'zod/mini';
import { messageText } from '../characters.ts';
import { operation } from '../operation.ts';
import { wholeNumber } from '../whole-number.ts';
import { chatPath, iterator, limit, messagePath, next, seq, time } from './fields.ts';

export const listedMessage = z
  .object({
    message_id: z.string().check(z.meta({ description: 'The sequence number as a string' })),
    seq,
    user_id: z.uuid(),
    text: z.string().check(z.meta({ description: 'Empty once the message is deleted' })),
    created_at: time,
    edited_at: z.optional(time),
    deleted_at: z.optional(time),
  })
  .check(z.meta({ id: 'Message' }));

export type ListedMessageAnswer = z.infer<typeof listedMessage>;

export const sendMessage = operation({
  id: 'sendMessage',
  surface: 'v1',
  method: 'POST',
  path: '/v1/chats/{chat_id}/messages',
  summary: 'Send a message',
  access: 'session',
  pathParameters: chatPath,
  body: z.strictObject({ message: messageText }),
  status: 201,
  answer: z.object({ message_id: z.string() }),
  errors: [404],
});

const seqParameter = z.optional(wholeNumber(1));

export const listMessages = operation({
  id: 'listMessages',
  surface: 'v1',
  method: 'GET',
  path: '/v1/chats/{chat_id}/messages',
  summary: 'List messages, oldest first',
  description:
    'From the oldest on, or from the iterator of an earlier page. Or, by sequence number, those before, after or around a message; only one of from, before, after and around may be given. A page ends early where it would grow beyond what an answer holds.',
  access: 'session',
  pathParameters: chatPath,
  query: z.object({
    limit: limit(1000, 100),
    from: iterator(/^[1-9]\d{0,14}$/),
    before: seqParameter,
    after: z.optional(wholeNumber(0)),
    around: seqParameter,
  }),
  status: 200,
  answer: z.object({
    messages: z.array(listedMessage),
    next: z.optional(next),
    previous: z.optional(z.object({ before: seq })),
  }),
  errors: [404],
});

export const markRead = operation({
  id: 'markRead',
  surface: 'v1',
  method: 'POST',
  path: '/v1/chats/{chat_id}/read',
  summary: "Move the caller's read mark forward; it never moves back",
  access: 'session',
  pathParameters: chatPath,
  body: z.strictObject({ seq }),
  status: 204,
  errors: [404],
});

export const editMessage = operation({
  id: 'editMessage',
  surface: 'v1',
  method: 'PATCH',
  path: '/v1/chats/{chat_id}/messages/{seq}',
  summary: "Change the text of one of the caller's own messages",
  access: 'session',
  pathParameters: messagePath,
  body: z.strictObject({ message: messageText }),
  status: 200,
  answer: listedMessage,
  errors: [403, 404],
});

export const deleteMessage = operation({
  id: 'deleteMessage',
  surface: 'v1',
  method: 'DELETE',
  path: '/v1/chats/{chat_id}/messages/{seq}',
  summary: "Delete one of the caller's own messages, or as the owner any; its place stays",
  access: 'session',
  pathParameters: messagePath,
  status: 204,
  errors: [403, 404],
});
