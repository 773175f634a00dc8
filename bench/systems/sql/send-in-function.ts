/** A send as one call of a SQL function: one round trip, one commit. */
import type { Pool } from 'pg';
import type { SendMessage } from './send-message.ts';

export function sendInFunction(pool: Pool): SendMessage {
  return async ({ chat, sender, text, key }) => {
    const { rows } = await pool.query<{ answer: string | null }>({
      name: 'send_message',
      text: 'SELECT send_message($1, $2, $3, $4) AS answer',
      values: [chat, sender, text, key],
    });
    return rows[0]?.answer ?? undefined;
  };
}
