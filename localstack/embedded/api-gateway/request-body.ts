/** Reads request bodies up to API Gateway's limit and gets rid of the rest of those that are over it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** "Amazon API Gateway quotas": payload size. */
const BODY_LIMIT_BYTES = 10_485_760;

/** How much, and for how long, is read of a refused body so that a client which is still sending gets the answer. */
const DRAIN_LIMIT_BYTES = 64 * 1024 * 1024;
const DRAIN_LIMIT_MS = 10_000;

export interface BodyHandlers {
  /** Gets null when there is no body, and is not called when the client goes away before its end. */
  readonly onBody: (body: Buffer | null) => void;
  /** Called as soon as it is known; the rest of the body is still unread. */
  readonly onTooLarge: () => void;
}

/** Reads the whole body, or refuses it by its Content-Length or, when that is missing, at the limit. */
export function readRequestBody(req: IncomingMessage, { onBody, onTooLarge }: BodyHandlers): void {
  const contentLength = req.headers['content-length'];
  if (contentLength === undefined ? req.headers['transfer-encoding'] === undefined : contentLength === '0') {
    onBody(null);
    return;
  }
  if (Number(contentLength ?? 0) > BODY_LIMIT_BYTES) {
    onTooLarge();
    return;
  }
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  const collect = (chunk: Buffer): void => {
    lengthBytes += chunk.length;
    if (lengthBytes <= BODY_LIMIT_BYTES) {
      chunks.push(chunk);
      return;
    }
    req.off('data', collect).off('end', finish);
    onTooLarge();
  };
  const finish = (): void => {
    const [first = null] = chunks;
    onBody(chunks.length > 1 ? Buffer.concat(chunks, lengthBytes) : first);
  };
  req.on('data', collect).on('end', finish);
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
