// Passes requests on to a store of the engine, as they are.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { sendJson } from './answers.ts';

/** Of one connection only (RFC 9110, section 7.6.1), or set anew for the connection to the store. */
const HOP_HEADERS = ['connection', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Long polls last up to 20 s, Lambda functions up to 15 min; the stores themselves end what takes too long. */
const NO_TIMEOUT = 0;

export interface StoreProxy {
  /** Streams a request to the store and its answer back; answers 503 if the store cannot be reached. Never rejects. */
  forward(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Whether the store answers a GET of a path. */
  answers(path: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** @param name of the service in messages, such as `DynamoDB` */
export function createStoreProxy(name: string, endpoint: string): StoreProxy {
  const pool = new Pool(endpoint, { headersTimeout: NO_TIMEOUT, bodyTimeout: NO_TIMEOUT });
  return {
    forward: async (request, response) => {
      const aborting = new AbortController();
      response.once('close', () => aborting.abort());
      try {
        const headers = withoutHopHeaders(request.headers);
        await pool.stream(
          // Both stores serve their JSON protocols under `/`, whatever path a client has taken from a queue URL.
          { method: 'POST', path: '/', headers, body: request, signal: aborting.signal },
          (answer) => response.writeHead(answer.statusCode, withoutHopHeaders(answer.headers)),
        );
      } catch (error) {
        if (response.headersSent) response.destroy();
        else sendUnavailable(response, name, endpoint, error);
      }
    },
    answers: async (path) => {
      try {
        const { statusCode, body } = await pool.request({ method: 'GET', path });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    stop: () => pool.destroy(),
  };
}

function withoutHopHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([header]) => !HOP_HEADERS.includes(header)));
}

function sendUnavailable(response: ServerResponse, name: string, endpoint: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The local ${name} at ${endpoint} cannot be reached (${reason}); see what the engine says and start it again.`;
  sendJson(response, 503, { __type: 'ServiceUnavailable', message });
}
