/** A socket of one case, with the events that the function got of it. */
import type { ConformanceCase, Engine } from '../conformance-case.ts';
import { ClientSocket } from './client-socket.ts';
import type { Opening } from './client-socket.ts';
import { readEvent } from './socket-event.ts';
import type { SocketEvent } from './socket-event.ts';

export interface ProbeSocket {
  readonly engine: Engine;
  readonly client: ClientSocket;
  readonly connectEvent: SocketEvent;
  readonly connectionId: string;
}

/** Observes `use` of a socket of its own, which is closed when that has ended. */
export function inSocket(
  use: (socket: ProbeSocket) => Promise<unknown>,
  opening: Opening = {},
): ConformanceCase['observe'] {
  return async (engine) => {
    const noteAs = crypto.randomUUID();
    const client = await ClientSocket.open(engine, { ...opening, told: { ...opening.told, noteAs } });
    try {
      const connectEvent = await readEvent(engine, noteAs);
      return await use({ engine, client, connectEvent, connectionId: connectEvent.requestContext.connectionId });
    } finally {
      client.cut();
    }
  };
}
