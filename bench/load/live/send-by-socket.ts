/** Sends a load's messages by their senders' sockets. What answers them comes by the sockets too. */
import type { WebSocket } from 'ws';
import { TOPIC } from '../../../shared/contract/counters/frames.ts';
import type { Answered, Sender } from './sender.ts';

export function sendBySocket(sockets: readonly (WebSocket | undefined)[], answered: Answered): Sender {
  return {
    send: ({ index, chat, sender, text, key }) => {
      const socket = sockets[sender];
      if (socket?.readyState !== socket?.OPEN || socket === undefined) {
        answered(index, 'the sender has no socket');
        return;
      }
      const payload = { chat_id: chat.id, messages: [{ text, status: 'created' }], client_id: key };
      socket.send(JSON.stringify({ topic: TOPIC, action: 'send-message', payload: JSON.stringify(payload) }));
    },
    close: async () => {},
  };
}
