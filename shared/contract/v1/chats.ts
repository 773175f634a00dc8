/** Chats and their members in the canonical API. */
import * as z from 'zod/mini';
import { characters } from '../characters.ts';
import { userName } from '../credentials.ts';
import { operation } from '../operation.ts';
import { chatPath, iterator, limit, next, time } from './fields.ts';
import { listedMessage } from './messages.ts';

export const createChat = operation({
  id: 'createChat',
  surface: 'v1',
  method: 'POST',
  path: '/v1/chats',
  summary: 'Create a group chat, which the caller owns',
  access: 'session',
  body: z.strictObject({ chat_name: characters(1, 128) }),
  status: 201,
  answer: z.object({ chat_id: z.uuid() }),
});

export const chat = z
  .object({
    chat_id: z.uuid(),
    chat_name: z.string(),
    kind: z.enum(['direct', 'group']),
    unread_count: z.int().check(z.gte(0)),
    last_message: z.optional(listedMessage),
    read_seq: z.int().check(z.gte(0)),
  })
  .check(z.meta({ id: 'Chat' }));

export type ChatAnswer = z.infer<typeof chat>;

export const listChats = operation({
  id: 'listChats',
  surface: 'v1',
  method: 'GET',
  path: '/v1/chats',
  summary: "List the caller's chats, latest first, with unread counts",
  description: 'A page ends early where it would grow beyond what an answer holds.',
  access: 'session',
  query: z.object({ limit: limit(1000, 100), before: iterator(/^\d{1,15}_[\da-f-]{36}$/) }),
  status: 200,
  answer: z.object({ chats: z.array(chat), next: z.optional(next) }),
});

const member = z
  .object({
    user_id: z.uuid(),
    user_name: z.string(),
    role: z.enum(['owner', 'member']),
    read_seq: z.int().check(z.gte(0)),
  })
  .check(z.meta({ id: 'Member' }));

const details = z
  .object({
    chat_id: z.uuid(),
    chat_name: z.string(),
    kind: z.enum(['direct', 'group']),
    created_at: time,
    seq: z.int().check(z.gte(0), z.meta({ description: 'Sequence number of the newest message' })),
    members: z.array(member),
  })
  .check(z.meta({ id: 'ChatDetails' }));

export type ChatDetails = z.infer<typeof details>;

export const showChat = operation({
  id: 'showChat',
  surface: 'v1',
  method: 'GET',
  path: '/v1/chats/{chat_id}',
  summary: 'Show a chat with its members, their roles and read marks',
  access: 'session',
  pathParameters: chatPath,
  status: 200,
  answer: details,
  errors: [404],
});

export const addMember = operation({
  id: 'addMember',
  surface: 'v1',
  method: 'POST',
  path: '/v1/chats/{chat_id}/users',
  summary: 'Add a user to a group chat of at most 256 members',
  access: 'session',
  pathParameters: chatPath,
  body: z.strictObject({ user_name: userName }),
  status: 201,
  answer: z.object({ user_id: z.uuid() }),
  errors: [403, 404],
});

export const removeMember = operation({
  id: 'removeMember',
  surface: 'v1',
  method: 'DELETE',
  path: '/v1/chats/{chat_id}/users/{user_id}',
  summary: 'Leave a group chat, or as its owner remove somebody from it',
  description: 'An owner who leaves is followed by whoever has been a member longest.',
  access: 'session',
  pathParameters: z.object({ chat_id: z.string(), user_id: z.string() }),
  status: 204,
  errors: [403, 404],
});
