/** Opens a socket for each of many users. */
import { once } from 'node:events';
import pLimit from 'p-limit';
import { WebSocket } from 'ws';

export interface SocketHandlers {
  /** @param user place of the token */
  readonly onFrame?: (user: number, frame: Buffer) => void;
  /** One has ended that was open. */
  readonly onClosed?: (user: number, code: number) => void;
}

export interface OpenSockets {
  /** By the places of their tokens; undefined where the handshake failed. */
  readonly sockets: readonly (WebSocket | undefined)[];
  readonly failures: Readonly<Record<string, number>>;
}

/** Handshakes under way: enough to keep an engine busy, so few that none of them waits long. */
const AT_ONCE = 32;
/** A client of the messenger has no use for compression, and it would cost both sides memory. */
const OPTIONS = { perMessageDeflate: false, skipUTF8Validation: true };

export async function openSockets(
  socketUrl: string,
  tokens: readonly string[],
  { onFrame, onClosed }: SocketHandlers = {},
): Promise<OpenSockets> {
  const failures: Record<string, number> = {};
  const open = async (token: string, user: number): Promise<WebSocket | undefined> => {
    const socket = new WebSocket(`${socketUrl}?token=${encodeURIComponent(token)}`, OPTIONS);
    // Without fragments a frame is one piece.
    if (onFrame !== undefined) socket.on('message', (frame) => Buffer.isBuffer(frame) && onFrame(user, frame));
    try {
      await once(socket, 'open');
    } catch (error) {
      const what = `handshake: ${error instanceof Error ? error.message : String(error)}`;
      failures[what] = (failures[what] ?? 0) + 1;
      return undefined;
    }
    socket.on('error', () => {});
    socket.on('close', (code) => onClosed?.(user, code));
    return socket;
  };
  const sockets = await pLimit(AT_ONCE).map(tokens, open);
  return { sockets, failures };
}
