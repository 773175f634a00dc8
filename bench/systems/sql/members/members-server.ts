/** The plain server for members: Fastify with its own validation and serialization in front of PostgreSQL. */
import Fastify, { type FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { hashToken, type SendAsMember } from './send-message.ts';

const BODY = {
  type: 'object',
  required: ['message'],
  additionalProperties: false,
  properties: { message: { type: 'string', minLength: 1, maxLength: 4096 } },
};
const HEADERS = {
  type: 'object',
  properties: { 'idempotency-key': { type: 'string', minLength: 1, maxLength: 64 } },
};
const CHAT_PATH = { type: 'object', properties: { chat_id: { type: 'string', format: 'uuid' } } };
const LIST_QUERY = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } },
};
const SENT = { type: 'object', properties: { message_id: { type: 'string' } } };
const REFUSALS = { 401: 'unauthorized', 404: 'chat-not-found', 409: 'conflict' } as const;

interface Send {
  readonly Params: { readonly chat_id: string };
  readonly Headers: { readonly authorization?: string; readonly 'idempotency-key'?: string };
  readonly Body: { readonly message: string };
}

/** Serves `POST /v1/chats/{chat_id}/messages` and `GET /v1/chats`; it does not listen yet. */
export function createMembersServer(pool: Pool, send: SendAsMember): FastifyInstance {
  const app = Fastify();
  const sendSchema = { params: CHAT_PATH, headers: HEADERS, body: BODY, response: { 201: SENT } };
  app.post<Send>('/v1/chats/:chat_id/messages', { schema: sendSchema }, async ({ params, headers, body }, reply) => {
    const sent = await send({
      tokenHash: hashToken(readToken(headers.authorization)),
      chat: params.chat_id,
      text: body.message,
      key: headers['idempotency-key'],
    });
    if (sent.status !== 201) return reply.code(sent.status).send({ message: REFUSALS[sent.status] });
    return reply.code(201).send({ message_id: String(sent.id) });
  });
  app.get<{ Querystring: { limit: number } }>(
    '/v1/chats',
    { schema: { querystring: LIST_QUERY } },
    async ({ headers, query }, reply) => {
      const answer = await listChats(pool, hashToken(readToken(headers.authorization)), query.limit);
      if (answer === null) return reply.code(401).send({ message: REFUSALS[401] });
      // A string is the finished answer: Fastify sends it as it is.
      return reply.type('application/json').send(answer);
    },
  );
  return app;
}

function readToken(authorization = ''): string {
  return authorization.slice(authorization.indexOf(' ') + 1);
}

async function listChats(pool: Pool, tokenHash: Buffer, limit: number): Promise<string | null> {
  const { rows } = await pool.query<{ answer: string | null }>({
    name: 'list_chats',
    text: 'SELECT list_chats($1, $2) AS answer',
    values: [tokenHash, limit],
  });
  return rows[0]?.answer ?? null;
}
