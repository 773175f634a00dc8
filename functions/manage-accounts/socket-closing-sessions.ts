/** Sessions with whose end their sockets end. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbSessions } from '../../shared/adapters/dynamodb-sessions.ts';
import type { SessionEnding } from '../../shared/domain/sessions.ts';
import { closeSockets, type SocketPorts } from '../../shared/domain/sockets.ts';

export class SocketClosingSessions extends DynamoDbSessions {
  readonly #ports: SocketPorts | undefined;

  /** @param ports undefined where there are no sockets */
  constructor(client: DynamoDBClient, table: string, ports: SocketPorts | undefined) {
    super(client, table);
    this.#ports = ports;
  }

  /** Once this returns, nothing that happens is told to the session's sockets any more. */
  override async end(userId: string, sessionId: string, ending: SessionEnding): Promise<void> {
    await super.end(userId, sessionId, ending);
    if (this.#ports === undefined) return;
    const open = await this.#ports.sockets.listOf([userId]);
    await closeSockets(
      this.#ports,
      open.filter((socket) => socket.sessionId === sessionId),
    );
  }
}
