/** A send as a transaction of single statements from Node.js, prepared once on each connection. */
import type { Pool, PoolClient } from 'pg';
import type { Answer, Message, Row, SendMessage } from './send-message.ts';

const COUNT = {
  name: 'count',
  text: `INSERT INTO sender_count AS c VALUES ($1, $2, 1)
    ON CONFLICT (chat, sender) DO UPDATE SET sent = c.sent + 1 RETURNING sent`,
};
const FIND_KEY = {
  name: 'find_key',
  text: 'SELECT id, body FROM message WHERE chat = $1 AND sender = $2 AND key = $3',
};
const INSERT = {
  name: 'insert',
  text: 'INSERT INTO message (chat, sender, body, ordinal, key) VALUES ($1, $2, $3, $4, $5) RETURNING id',
};
const LAST_TEN = {
  name: 'last_ten',
  text: `SELECT id, sender, body, created_at, ordinal FROM message WHERE chat = $1 AND id <= $2
    ORDER BY id DESC LIMIT 10`,
  rowMode: 'array',
} as const;

export function sendInTransaction(pool: Pool): SendMessage {
  return async (message) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const answer = await send(client, message);
      await client.query('COMMIT');
      return answer;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
}

async function send(client: PoolClient, { chat, sender, text, key }: Message): Promise<Answer> {
  const counted = await client.query<{ sent: number }>({ ...COUNT, values: [chat, sender] });
  const first = key === undefined ? undefined : await findKey(client, chat, sender, key);
  if (first === undefined) {
    const values = [chat, sender, text, counted.rows[0]?.sent, key];
    const inserted = await client.query<{ id: number }>({ ...INSERT, values });
    return readAnswer(client, chat, inserted.rows[0]!.id);
  }
  await client.query('UPDATE sender_count SET sent = sent - 1 WHERE chat = $1 AND sender = $2', [chat, sender]);
  return first.body === text ? readAnswer(client, chat, first.id) : undefined;
}

async function findKey(
  client: PoolClient,
  chat: string,
  sender: string,
  key: string,
): Promise<{ id: number; body: string } | undefined> {
  const { rows } = await client.query<{ id: number; body: string }>({ ...FIND_KEY, values: [chat, sender, key] });
  return rows[0];
}

async function readAnswer(client: PoolClient, chat: string, id: number): Promise<Answer> {
  const { rows } = await client.query<Row>({ ...LAST_TEN, values: [chat, id] });
  const answer: Exclude<Answer, string | undefined> = {};
  for (const [index, row] of rows.toReversed().entries()) answer[`${index}`] = row;
  answer['Message_sent'] = [id];
  return answer;
}
