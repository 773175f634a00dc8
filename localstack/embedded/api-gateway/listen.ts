/** Opens an HTTP server on the loopback address that stands thousands of connections opened at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Connections that wait to be accepted; the kernel caps it at net.core.somaxconn, beyond which clients retry. */
const BACKLOG = 8192;

/** API Gateway keeps an idle connection for 310 s ("Quotas for configuring and running a REST API"). */
const IDLE_TIMEOUT_MS = 310_000;

/** How long a client may take to send the headers, and the whole request: then it gets 408 and is cut off. */
const HEADERS_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 30_000;
const LIMITS_CHECK_INTERVAL_MS = 2_000;

/** Takes over the connections of those requests that ask for it and are to be upgraded. */
export interface UpgradeListener {
  /** Whether to upgrade; else the request is served as any other. */
  shouldUpgrade(req: IncomingMessage): boolean;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const NO_UPGRADES: UpgradeListener = { shouldUpgrade: () => false, upgrade: (_req, socket) => socket.destroy() };

/**
 * Listens on 127.0.0.1 only.
 *
 * @param port 0 for any free port
 * @throws {Error} when the port cannot be opened, with what to do about it
 */
export async function listen(
  handler: RequestListener,
  port: number,
  upgrades: UpgradeListener = NO_UPGRADES,
): Promise<Server> {
  const options = {
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    headersTimeout: HEADERS_LIMIT_MS,
    requestTimeout: REQUEST_LIMIT_MS,
    connectionsCheckingInterval: LIMITS_CHECK_INTERVAL_MS,
    shouldUpgradeCallback: (req: IncomingMessage) => upgrades.shouldUpgrade(req),
  };
  const server = createServer(options, handler);
  server.on('upgrade', (req, socket, head) => upgrades.upgrade(req, socket, head));
  server.listen({ host: '127.0.0.1', port, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    const message = `Cannot listen on 127.0.0.1:${port}; stop the program that uses the port or choose another one (API_PORT, AWS_PORT).`;
    throw new Error(message, { cause: error });
  }
  return server;
}
