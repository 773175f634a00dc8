/** Open sockets: whose each is, who may be sent what, and the ports to where they are kept and to what reaches them. */

export interface OpenSocket {
  /** As API Gateway calls the connection; never used again. */
  readonly id: string;
  readonly userId: string;
  /** The session in which it was opened: with it ends the socket. */
  readonly sessionId: string;
  /** Milliseconds since 1970, as the next. */
  readonly openedAt: number;
  /** From then on it gets and may do nothing more: its access token has expired. */
  readonly validUntil: number;
}

/** What finds a socket where it is kept. */
export type SocketKey = Pick<OpenSocket, 'id' | 'userId'>;

/** A socket is kept before its handshake ends, which API Gateway gives 29 seconds: until then it looks as if it were gone. */
const HANDSHAKE_MS = 30_000;

/** Where sockets are kept. Every read is consistent. @throws StoreUnavailableError (all methods) */
export interface Sockets {
  add(socket: OpenSocket): Promise<void>;
  find(socketId: string): Promise<OpenSocket | undefined>;
  /** All that these users have open, and perhaps some that have closed without a word. */
  listOf(userIds: readonly string[]): Promise<readonly OpenSocket[]>;
  /** Does nothing where it is not kept. */
  remove(socket: SocketKey): Promise<void>;
}

/** What reaches sockets. @throws SocketUnreachableError (all methods) if there is no answer, or a fault */
export interface SocketGateway {
  /** @returns false if there is no such socket any more */
  post(socketId: string, text: string): Promise<boolean>;
  /** Does nothing where there is no such socket any more. */
  close(socketId: string): Promise<void>;
}

export interface SocketPorts {
  readonly sockets: Sockets;
  readonly gateway: SocketGateway;
}

/** Ends sockets: what is no longer kept gets nothing more, whether or not it can be reached to be told. */
export async function closeSockets({ sockets, gateway }: SocketPorts, ended: readonly OpenSocket[]): Promise<void> {
  await Promise.all(ended.map((socket) => sockets.remove(socket)));
  await Promise.allSettled(ended.map(({ id }) => gateway.close(id)));
}

/** Sends a text to a socket, and forgets one that is gone. @throws SocketUnreachableError, StoreUnavailableError */
export async function postTo({ sockets, gateway }: SocketPorts, socket: OpenSocket, text: string): Promise<void> {
  const isThere = await gateway.post(socket.id, text);
  if (!isThere && Date.now() - socket.openedAt > HANDSHAKE_MS) await sockets.remove(socket);
}
