/** The contract of counters: chats of two people with unread counts, and their messages. */
import * as z from 'zod/mini';
import { operation } from '../operation.ts';
import { wholeNumberOr } from '../whole-number.ts';

const page = {
  limit: wholeNumberOr(20, 1, 1000),
  offset: wholeNumberOr(0, 0),
};
const paged = { total: z.int(), limit: z.int(), offset: z.int() };

export const openDirectChat = operation({
  id: 'openDirectChat',
  surface: 'counters',
  method: 'POST',
  path: '/messenger/create-chat',
  summary: 'Open the chat with somebody; the same two users always get the same one',
  access: 'session',
  body: z.object({ companion_id: z.uuid() }),
  status: 200,
  answer: z.object({ chat_id: z.uuid() }),
  errors: [404],
});

const participant = z
  .object({ id: z.uuid(), name: z.string(), surname: z.string() })
  .check(z.meta({ id: 'Participant' }));

const directChat = z
  .object({
    id: z.uuid(),
    create_time: z.iso.datetime(),
    participants: z.array(participant),
    unread_count: z.int().check(z.gte(0)),
  })
  .check(z.meta({ id: 'DirectChat' }));

export type DirectChatAnswer = z.infer<typeof directChat>;

export const listDirectChats = operation({
  id: 'listDirectChats',
  surface: 'counters',
  method: 'GET',
  path: '/messenger/chats',
  summary: "List the caller's chats, latest first, with unread counts",
  description: 'A page ends early where it would grow beyond what an answer holds.',
  access: 'session',
  query: z.object(page),
  status: 200,
  answer: z.object({
    ...paged,
    chats: z.array(directChat),
  }),
});

const directMessage = z
  .object({
    id: z.string(),
    text: z.string(),
    status: z.enum(['created', 'received', 'read', 'deleted']),
    create_time: z.iso.datetime(),
    user_id: z.uuid(),
    chat_id: z.uuid(),
  })
  .check(z.meta({ id: 'DirectMessage' }));

export type DirectMessageAnswer = z.infer<typeof directMessage>;

export const listDirectMessages = operation({
  id: 'listDirectMessages',
  surface: 'counters',
  method: 'GET',
  path: '/messenger/messages',
  summary: 'List the messages of a chat, oldest first; what is listed counts as read',
  description: 'A page ends early where it would grow beyond what an answer holds.',
  access: 'session',
  query: z.object({ chat_id: z.string(), ...page }),
  status: 200,
  answer: z.object({
    ...paged,
    messages: z.array(directMessage),
  }),
  errors: [404],
});
