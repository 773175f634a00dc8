/**
 * Protects a server on a loopback address against DNS rebinding: a web page whose own name is made to resolve to
 * 127.0.0.1 sends that name as Host, and a page that simply calls the server sends its own Origin.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

const LOOPBACK_NAME = String.raw`(?:localhost|127\.0\.0\.1|\[::1\]|(?:[a-z0-9_-]+\.)+localhost|(?:[a-z0-9_-]+\.)*localhost\.localstack\.cloud)`;
const LOOPBACK_HOST = new RegExp(String.raw`^${LOOPBACK_NAME}(?::\d+)?$`, 'i');
const LOOPBACK_ORIGIN = new RegExp(String.raw`^https?://${LOOPBACK_NAME}(?::\d+)?$`, 'i');

/** Why a request may come from a foreign web page, or undefined when its Host and Origin are loopback names. */
export function explainForeignRequest(headers: Pick<IncomingHttpHeaders, 'host' | 'origin'>): string | undefined {
  const { host = '', origin } = headers;
  if (!LOOPBACK_HOST.test(host)) {
    return `The Host header is "${host}", which is not a name of this machine; call localhost or 127.0.0.1 instead.`;
  }
  if (origin !== undefined && !LOOPBACK_ORIGIN.test(origin)) {
    return `The Origin header is "${origin}"; only pages served from localhost or 127.0.0.1 may call this server.`;
  }
  return undefined;
}

/**
 * Answers a foreign request with 403 and the reason.
 *
 * @returns true when the request was refused and must not be handled any further
 */
export function refuseForeignRequest(req: IncomingMessage, res: ServerResponse): boolean {
  const reason = explainForeignRequest(req.headers);
  if (reason === undefined) return false;
  const body = JSON.stringify({ message: reason });
  const contentLength = Buffer.byteLength(body);
  res.writeHead(403, { 'Content-Type': 'application/json', 'Content-Length': contentLength }).end(body);
  return true;
}
