/**
 * Open sockets in a table of their own: all of a user's in one item, so that those of many users are one read, and each by
 * itself, for what knows only its id.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { OpenSocket, SocketKey, Sockets } from '../domain/sockets.ts';
import { DynamoDbTable, type Item, itemKey, type Key, secondsFromNow } from './dynamodb-table.ts';

/** API Gateway closes a connection after two hours; an item that has got no new one for longer holds none. */
const LIFETIME_SECONDS = 3 * 60 * 60;

/** What an attribute's name begins with that stands for a socket. */
const PREFIX = 'socket#';

export class DynamoDbSockets implements Sockets {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  /** In the user's item last: from then on it is told things. */
  async add(socket: OpenSocket): Promise<void> {
    const expiresAt = secondsFromNow(LIFETIME_SECONDS);
    const item = { ...socketKey(socket.id), userId: { S: socket.userId }, ...encodeSocket(socket), expiresAt };
    await this.#table.putIf(item, 'attribute_not_exists(pk)');
    await this.#table.update(userKey(socket.userId), {
      UpdateExpression: 'SET #socket = :socket, expiresAt = :expiresAt',
      ExpressionAttributeNames: { '#socket': PREFIX + socket.id },
      ExpressionAttributeValues: { ':socket': { M: encodeSocket(socket) }, ':expiresAt': expiresAt },
    });
  }

  async find(socketId: string): Promise<OpenSocket | undefined> {
    const item = await this.#table.get(socketKey(socketId));
    return item && decodeSocket(socketId, item['userId']!.S!, item);
  }

  async listOf(userIds: readonly string[]): Promise<readonly OpenSocket[]> {
    const items = await this.#table.getAll(userIds.map(userKey));
    return items.flatMap((item) => {
      const userId = item['pk']!.S!.slice('user#'.length);
      return Object.entries(item).flatMap(([name, { M: socket }]) =>
        socket === undefined ? [] : [decodeSocket(name.slice(PREFIX.length), userId, socket)],
      );
    });
  }

  async remove({ id, userId }: SocketKey): Promise<void> {
    await this.#table.updateIf(userKey(userId), 'attribute_exists(#socket)', {
      UpdateExpression: 'REMOVE #socket',
      ExpressionAttributeNames: { '#socket': PREFIX + id },
    });
    await this.#table.deleteIf(socketKey(id), 'attribute_exists(pk)');
  }
}

function encodeSocket({ sessionId, openedAt, validUntil }: OpenSocket): Item {
  return {
    sessionId: { S: sessionId },
    openedAt: { N: String(openedAt) },
    validUntil: { N: String(validUntil) },
  };
}

function decodeSocket(id: string, userId: string, { sessionId, openedAt, validUntil }: Item): OpenSocket {
  return { id, userId, sessionId: sessionId!.S!, openedAt: Number(openedAt!.N), validUntil: Number(validUntil!.N) };
}

const userKey = (userId: string): Key => itemKey(`user#${userId}`, 'sockets');
const socketKey = (socketId: string): Key => itemKey(`socket#${socketId}`, 'socket');
