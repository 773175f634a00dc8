/** A member's send as one call of a SQL function: one round trip, one commit. */
import type { Pool } from 'pg';
import type { SendAsMember, Sent } from './send-message.ts';

interface Row {
  readonly status: Sent['status'];
  readonly sent_id: number;
}

export function sendInFunction(pool: Pool): SendAsMember {
  return async ({ tokenHash, chat, text, key }) => {
    const { rows } = await pool.query<Row>({
      name: 'send_message',
      text: 'SELECT status, sent_id FROM send_message($1, $2, $3, $4)',
      values: [tokenHash, chat, text, key],
    });
    const { status, sent_id: id } = rows[0]!;
    return status === 201 ? { status, id } : { status };
  };
}
