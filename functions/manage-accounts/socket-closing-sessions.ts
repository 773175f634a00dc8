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

  /**
   * Once this returns, nothing that happens is told to the session's sockets any more. They are closed before it ends too:
   * if that fails, nothing has happened, and whoever asks again is still let in.
   */
  override async end(userId: string, sessionId: string, ending: SessionEnding): Promise<void> {
    await this.#closeSockets(userId, sessionId);
    await super.end(userId, sessionId, ending);
    await this.#closeSockets(userId, sessionId);
  }

  async #closeSockets(userId: string, sessionId: string): Promise<void> {
    if (this.#ports === undefined) return;
    const open = await this.#ports.sockets.listOf([userId]);
    await closeSockets(
      this.#ports,
      open.filter((socket) => socket.sessionId === sessionId),
    );
  }
}
