/** A member's send as a transaction of single statements from Node.js, prepared once on each connection. */
import type { Pool, PoolClient } from 'pg';
import type { MemberMessage, SendAsMember, Sent } from './send-message.ts';

const FIND_CALLER = {
  name: 'find_caller',
  text: 'SELECT user_id FROM session WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > now()',
};
const FIND_MEMBER = {
  name: 'find_member',
  text: 'SELECT 1 FROM member WHERE user_id = $1 AND chat_id = $2',
};
const INSERT = {
  name: 'insert',
  text: `INSERT INTO message (chat_id, user_id, body, key) VALUES ($1, $2, $3, $4)
    ON CONFLICT (chat_id, user_id, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`,
};
const FIND_KEY = {
  name: 'find_key',
  text: 'SELECT id, body FROM message WHERE chat_id = $1 AND user_id = $2 AND key = $3',
};
const LAST_TEN = {
  name: 'last_ten',
  text: 'SELECT user_id, body FROM message WHERE chat_id = $1 AND id <= $2 ORDER BY id DESC LIMIT 10',
};

export function sendInTransaction(pool: Pool): SendAsMember {
  return async (message) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const sent = await send(client, message);
      await client.query('COMMIT');
      return sent;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
}

async function send(client: PoolClient, { tokenHash, chat, text, key }: MemberMessage): Promise<Sent> {
  const callers = await client.query<{ user_id: string }>({ ...FIND_CALLER, values: [tokenHash] });
  const user = callers.rows[0]?.user_id;
  if (user === undefined) return { status: 401 };
  const { rowCount } = await client.query({ ...FIND_MEMBER, values: [user, chat] });
  if (rowCount === 0) return { status: 404 };
  const inserted = await client.query<{ id: number }>({ ...INSERT, values: [chat, user, text, key] });
  const id = inserted.rows[0]?.id ?? (await findRepeated(client, [chat, user, key], text));
  if (id === undefined) return { status: 409 };
  await client.query({ ...LAST_TEN, values: [chat, id] });
  return { status: 201, id };
}

/** The message that the key stands for; undefined if that has another text. */
async function findRepeated(client: PoolClient, values: unknown[], text: string): Promise<number | undefined> {
  const { rows } = await client.query<{ id: number; body: string }>({ ...FIND_KEY, values });
  return rows[0]?.body === text ? rows[0].id : undefined;
}
