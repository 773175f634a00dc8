/** HTTP connections that are kept for the next request, to services that are asked thousands of times a second. */
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface OutgoingRequest {
  readonly method: string;
  /** With its query string, if it has one. */
  readonly path: string;
  readonly headers: Record<string, string | number | string[] | undefined>;
  readonly body: string;
}

export interface Answer {
  readonly statusCode: number;
  readonly text: string;
}

const MAX_CONNECTIONS = 64;

/**
 * @param name of the service in errors
 * @param timeoutMs how long a connection may be silent before its request counts as failed
 * @returns what sends a request to the host of a URL; it rejects with the network's own error if there is no answer
 */
export function openConnections(
  name: string,
  timeoutMs: number,
): (url: URL, request: OutgoingRequest) => Promise<Answer> {
  const options = { keepAlive: true, maxSockets: MAX_CONNECTIONS };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  return ({ protocol, hostname: host, port }, { method, path, headers, body }) => {
    const isPlain = protocol === 'http:';
    const agent = isPlain ? agents.http : agents.https;
    const common = { host, port, method, path, headers, agent, timeout: timeoutMs };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const outgoing = (isPlain ? httpRequest : httpsRequest)(common, (incoming) =>
      readAnswer(incoming, resolve, reject),
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${name} was silent for ${timeoutMs} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  };
}

function readAnswer(
  incoming: IncomingMessage,
  resolve: (answer: Answer) => void,
  reject: (error: unknown) => void,
): void {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  incoming.on('end', () => resolve({ statusCode: incoming.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
  incoming.on('error', reject);
}
