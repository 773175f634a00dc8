/** An HTTP proxy that mistreats requests: it drops answers, drops requests, and delivers requests again late. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';
import { listenLocally } from './local-server.ts';

/** `pass` leaves a request alone; a number of milliseconds is how late a copy of it arrives. */
export type Treatment = 'pass' | 'drop-request' | 'drop-answer' | { again: number } | { late: number };

export interface FaultyProxy {
  readonly url: string;
  /** Resolves when every late copy has been delivered and the proxy is closed. */
  stop(): Promise<void>;
}

interface Forwarded {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** @param treat decides about each request by its X-Amz-Target */
export async function startFaultyProxy(target: string, treat: (operation: string) => Treatment): Promise<FaultyProxy> {
  const onTheWay = new Set<Promise<unknown>>();

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await buffer(req);
    const forward = (): Promise<Forwarded> => forwardTo(target, req, body);
    const forwardLater = (ms: number): void => {
      const copy = new Promise((resolve) => setTimeout(resolve, ms)).then(forward);
      onTheWay.add(copy);
      void copy.finally(() => onTheWay.delete(copy));
    };
    const treatment = treat(String(req.headers['x-amz-target']));
    if (treatment === 'drop-request') {
      res.destroy();
    } else if (treatment === 'drop-answer') {
      await forward();
      res.destroy();
    } else if (typeof treatment === 'object' && 'late' in treatment) {
      forwardLater(treatment.late);
      res.destroy();
    } else {
      if (typeof treatment === 'object') forwardLater(treatment.again);
      const answer = await forward();
      res.writeHead(answer.status, answer.headers).end(answer.body);
    }
  };
  const server = await listenLocally(createServer((req, res) => void handle(req, res)));
  return {
    url: server.url,
    stop: async () => {
      await Promise.all(onTheWay);
      await server.close();
    },
  };
}

async function forwardTo(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Forwarded> {
  const { 'transfer-encoding': _, ...kept } = headers;
  const answer = await request(new URL(url ?? '/', target), { method: method ?? 'POST', headers: kept, body });
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) };
}
