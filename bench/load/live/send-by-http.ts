/** Sends a load's messages by HTTP. */
import { Pool } from 'undici';
import type { User } from '../../population/population.ts';
import type { Keys } from '../../scenario.ts';
import type { Answered, Sender } from './sender.ts';

/** So many that none waits for another one's answer, unless a second's worth of them is under way. */
const CONNECTIONS = 512;

export function sendByHttp(url: string, users: readonly User[], keys: Keys, answered: Answered): Sender {
  const pool = new Pool(new URL(url).origin, { connections: CONNECTIONS, pipelining: 1 });
  const json = { 'content-type': 'application/json' };
  return {
    send: ({ index, chat, sender, text, key }) => {
      let status = 0;
      // Callbacks, as promises and streams would cost more than all the rest.
      pool.dispatch(
        {
          method: 'POST',
          path: `/v1/chats/${chat.id}/messages`,
          headers: {
            ...json,
            authorization: `Bearer ${users[sender]!.token}`,
            ...(keys === 'each' && { 'idempotency-key': key }),
          },
          body: JSON.stringify({ message: text }),
        },
        {
          onRequestStart: () => {},
          onResponseStart: (_controller, statusCode) => void (status = statusCode),
          onResponseData: () => {},
          onResponseEnd: () => answered(index, status < 300 ? undefined : `HTTP ${status}`),
          onResponseError: (_controller, error) => answered(index, error.message),
        },
      );
    },
    close: () => pool.destroy(),
  };
}
