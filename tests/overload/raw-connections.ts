/** Connections to an engine that are used as no well-kept client would use them. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 if the connection was closed without an answer. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Opens connections, all at once, and resolves when all of them stand. */
export function openConnections(url: string, count: number): Promise<Socket[]> {
  const { port } = new URL(url);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      // An engine that closes a connection while a test still writes to it does what it should.
      return socket.on('error', () => {});
    }),
  );
}

/** The head and the body of a request after whose answer the connection is closed. */
export function formatRequest(method: string, path: string, body = ''): string {
  const headers = ['Host: 127.0.0.1', 'Connection: close', 'Content-Type: application/json'];
  return [`${method} ${path} HTTP/1.1`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join(
    '\r\n',
  );
}

export function formatSend(sender: string, text: string): string {
  return formatRequest('POST', '/send_message/', JSON.stringify({ sender, text }));
}

/** Reads until the engine closes the connection. */
export async function readAnswer(socket: Socket): Promise<RawAnswer> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  if (!socket.closed) await new Promise((resolve) => void socket.once('close', resolve));
  return parseAnswer(text);
}

export function parseAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    retryAfter: /^retry-after: (.*)$/im.exec(head)?.[1],
    body,
  };
}

/** How often each status was answered; a refusal that does not say when to repeat is counted as such. */
export function countStatuses(answers: readonly RawAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, retryAfter } of answers) {
    const isRefusal = status === 429 || status === 503;
    const kind = isRefusal && retryAfter === undefined ? `${status} without Retry-After` : String(status);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
