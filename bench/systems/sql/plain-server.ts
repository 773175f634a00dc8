/** The plain server: Fastify with its own validation and serialization in front of one of the two ways to store. */
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { SendMessage } from './send-message.ts';

/** The same chat that the messenger's open stream is. */
const ONE_CHAT = 'open-stream';

const BODY = {
  type: 'object',
  required: ['sender', 'text'],
  additionalProperties: false,
  properties: {
    sender: { type: 'string', minLength: 1, maxLength: 64 },
    text: { type: 'string', minLength: 1, maxLength: 4096 },
  },
};
const HEADERS = {
  type: 'object',
  properties: { 'idempotency-key': { type: 'string', minLength: 1, maxLength: 64 } },
};
const ROW = {
  type: 'array',
  items: [
    { type: 'integer' },
    { type: 'string' },
    { type: 'string' },
    { type: 'string', format: 'date-time' },
    { type: 'integer' },
  ],
};
const ANSWER = {
  type: 'object',
  properties: {
    ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${index}`, ROW])),
    Message_sent: { type: 'array', items: { type: 'integer' } },
  },
};

interface Body {
  readonly sender: string;
  readonly text: string;
}

interface Headers {
  readonly 'idempotency-key'?: string;
}

/** Serves `POST /send_message/` and `POST /chats/{chat}/send_message/`; it does not listen yet. */
export function createPlainServer(sendMessage: SendMessage): FastifyInstance {
  const app = Fastify();
  const schema = { body: BODY, headers: HEADERS, response: { 200: ANSWER } };
  const answer = async (reply: FastifyReply, chat: string, { sender, text }: Body, headers: Headers) => {
    const sent = await sendMessage({ chat, sender, text, key: headers['idempotency-key'] });
    if (sent === undefined) return reply.code(409).send({ detail: 'the key was used before, with another text' });
    // A string is the finished answer: Fastify sends it as it is.
    return reply.type('application/json').send(sent);
  };
  app.post<{ Body: Body; Headers: Headers }>('/send_message/', { schema }, ({ body, headers }, reply) =>
    answer(reply, ONE_CHAT, body, headers),
  );
  app.post<{ Body: Body; Headers: Headers; Params: { chat: string } }>(
    '/chats/:chat/send_message/',
    { schema },
    ({ body, headers, params }, reply) => answer(reply, params.chat, body, headers),
  );
  return app;
}
