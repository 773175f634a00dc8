/** What one connection may keep in this process when its client sends ahead or does not read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests sent ahead of the answer to the first; clients that pipeline send some ten. */
const MAX_PIPELINED = 100;
/** Answers of all connections that their clients have not taken: ten of the largest that Lambda gives. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;
/** How long a client may take for its next answer. An answer may also stand behind one that is still being made. */
const READ_LIMIT_MS = 60_000;

interface Backlog {
  pipelined: number;
  unreadBytes: number;
  timer: NodeJS.Timeout | undefined;
}

/** Of the few connections that have one: mostly an answer is taken at once, and then the next request comes. */
const backlogs = new WeakMap<Socket, Backlog>();
let allUnreadBytes = 0;

/** Counts a request that was sent before the one ahead of it was answered. @returns whether it may be served */
export function admitPipelined({ socket }: IncomingMessage, res: ServerResponse): boolean {
  const isFirst = res.socket !== null;
  if (isFirst) return true;
  const backlog = backlogOf(socket);
  if (backlog.pipelined >= MAX_PIPELINED) return false;
  backlog.pipelined++;
  res.once('finish', () => backlog.pipelined--);
  return true;
}

/**
 * Ends an answer and counts it until its client has taken it. The connection is closed when that takes too long, or
 * when more answers than this process holds wait for their clients.
 */
export function endAnswer({ socket }: IncomingMessage, res: ServerResponse, body: string | Buffer): void {
  const isFirst = res.socket !== null;
  res.end(body);
  // The system has taken all of it, as it mostly does.
  if (isFirst && socket.writableLength === 0) return;
  if (socket.destroyed) return;
  const lengthBytes = Buffer.byteLength(body);
  if (allUnreadBytes + lengthBytes > MAX_UNREAD_BYTES) {
    socket.destroy();
    return;
  }
  const backlog = backlogOf(socket);
  backlog.unreadBytes += lengthBytes;
  allUnreadBytes += lengthBytes;
  backlog.timer ??= setTimeout(() => socket.destroy(), READ_LIMIT_MS).unref();
  res.once('finish', () => {
    // What a connection that is closing did not send is released when it has closed.
    if (!socket.destroyed) release(backlog, lengthBytes);
  });
}

function release(backlog: Backlog, lengthBytes: number): void {
  backlog.unreadBytes -= lengthBytes;
  allUnreadBytes -= lengthBytes;
  if (backlog.unreadBytes > 0) {
    backlog.timer?.refresh();
  } else {
    clearTimeout(backlog.timer);
    backlog.timer = undefined;
  }
}

function backlogOf(socket: Socket): Backlog {
  const known = backlogs.get(socket);
  if (known !== undefined) return known;
  const backlog: Backlog = { pipelined: 0, unreadBytes: 0, timer: undefined };
  backlogs.set(socket, backlog);
  socket.once('close', () => release(backlog, backlog.unreadBytes));
  return backlog;
}
