/** Reads request bodies up to the limits and gets rid of the rest of those that are over one. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** "Amazon API Gateway quotas": payload size. */
const BODY_LIMIT_BYTES = 10_485_760;

/** What this process holds of large bodies that are not complete, of all connections together: six of the largest. */
const UNFINISHED_LIMIT_BYTES = 64 * 1024 * 1024;
/** The beginning of a body, which is always taken: whoever sends a short one does not meet the limit above. */
const FREE_BYTES = 16 * 1024;

/** How much, and for how long, is read of a refused body so that a client which is still sending gets the answer. */
const DRAIN_LIMIT_BYTES = 64 * 1024 * 1024;
const DRAIN_LIMIT_MS = 10_000;

export interface BodyHandlers {
  /** Gets null when there is no body, and is not called when the client goes away before its end. */
  readonly onBody: (body: Buffer | null) => void;
  /** Called as soon as it is known; the rest of the body is still unread. */
  readonly onTooLarge: () => void;
  /** The same when more of large bodies comes in than this process holds. */
  readonly onOverload: () => void;
}

let unfinishedBytes = 0;

/** Reads the whole body, or refuses it by its Content-Length or, when that is missing, at the limit. */
export function readRequestBody(req: IncomingMessage, { onBody, onTooLarge, onOverload }: BodyHandlers): void {
  const contentLength = req.headers['content-length'];
  if (contentLength === undefined ? req.headers['transfer-encoding'] === undefined : contentLength === '0') {
    onBody(null);
    return;
  }
  if (Number(contentLength ?? 0) > BODY_LIMIT_BYTES) {
    onTooLarge();
    return;
  }
  let body: Buffer | null = null;
  let lengthBytes = 0;
  let countedBytes = 0;
  const release = (): void => {
    unfinishedBytes -= countedBytes;
    countedBytes = 0;
  };
  const refuse = (answer: () => void): void => {
    req.off('data', collect).off('end', finish);
    body = null;
    release();
    answer();
  };
  const collect = (chunk: Buffer): void => {
    const newLengthBytes = lengthBytes + chunk.length;
    const newlyCountedBytes = Math.max(0, newLengthBytes - FREE_BYTES) - countedBytes;
    if (newLengthBytes > BODY_LIMIT_BYTES) return refuse(onTooLarge);
    if (unfinishedBytes + newlyCountedBytes > UNFINISHED_LIMIT_BYTES) return refuse(onOverload);
    body = body === null ? chunk : append(body, lengthBytes, chunk);
    lengthBytes = newLengthBytes;
    countedBytes += newlyCountedBytes;
    unfinishedBytes += newlyCountedBytes;
  };
  const finish = (): void => {
    const whole = body?.subarray(0, lengthBytes) ?? null;
    release();
    onBody(whole);
  };
  req.on('data', collect).on('end', finish).on('close', release);
}

/** Into one buffer that doubles: a list of chunks would take some hundred bytes for each, even for one of a single byte. */
function append(body: Buffer, lengthBytes: number, chunk: Buffer): Buffer {
  const neededBytes = lengthBytes + chunk.length;
  let target = body;
  if (body.length < neededBytes) {
    target = Buffer.allocUnsafeSlow(Math.min(Math.max(neededBytes, 2 * body.length), BODY_LIMIT_BYTES));
    body.copy(target, 0, 0, lengthBytes);
  }
  chunk.copy(target, lengthBytes);
  return target;
}

/**
 * Sends an answer whose request is still coming in. Closing at once would reset the connection and could take the
 * answer with it, so the rest of the request is read, up to a limit, before the connection closes.
 */
export function endAfterDraining(req: IncomingMessage, res: ServerResponse, body: string | Buffer): void {
  res.write(body);
  let leftBytes = DRAIN_LIMIT_BYTES;
  const cutOff = (): void => {
    req.socket.destroy();
  };
  const timer = setTimeout(cutOff, DRAIN_LIMIT_MS);
  req.on('data', (chunk: Buffer) => {
    leftBytes -= chunk.length;
    if (leftBytes < 0) cutOff();
  });
  req.on('end', () => res.end());
  req.on('close', () => clearTimeout(timer));
  req.resume();
}
