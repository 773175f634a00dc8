/** An HTTP proxy whose owner decides about each exchange: when it is forwarded, how often, and what its client hears. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';
import { listenLocally } from './local-server.ts';

export interface ForwardedAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One request and what can be done with it. */
export interface Exchange {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Sends the request on; each call sends it again. Rejects if the target gives no answer. */
  forward(): Promise<ForwardedAnswer>;
  answer(answer: ForwardedAnswer): void;
  /** Breaks the connection off. */
  drop(): void;
}

export interface HttpProxy {
  readonly url: string;
  /** Resolves when `handle` is done with every exchange that has come so far. */
  drain(): Promise<void>;
  /** Drains, then closes. */
  stop(): Promise<void>;
}

/**
 * @param target asked for at each forwarding, as it may move
 * @param handle decides about an exchange and resolves when nothing of it is on its way any more; if it rejects, the
 *   connection is broken off
 */
export async function startHttpProxy(
  target: () => string,
  handle: (exchange: Exchange) => Promise<void>,
): Promise<HttpProxy> {
  const underWay = new Set<Promise<void>>();
  const take = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const body = await buffer(req);
      await handle({
        headers: req.headers,
        body,
        forward: () => forwardTo(target(), req, body),
        answer: (answer) => void res.writeHead(answer.status, answer.headers).end(answer.body),
        drop: () => void res.destroy(),
      });
    } catch {
      res.destroy();
    }
  };
  const server = await listenLocally(
    createServer((req, res) => {
      const exchange = take(req, res).finally(() => underWay.delete(exchange));
      underWay.add(exchange);
    }),
  );
  const drain = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    url: server.url,
    drain,
    stop: async () => {
      await drain();
      await server.close();
    },
  };
}

async function forwardTo(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<ForwardedAnswer> {
  const { 'transfer-encoding': _, ...kept } = headers;
  const answer = await request(new URL(url ?? '/', target), { method: method ?? 'POST', headers: kept, body });
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) };
}
