/**
 * The `@connections` API by which backends send to clients ("Amazon API Gateway Management API Reference"). Each live
 * message is a request to it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import { DELETED } from './close-codes.ts';
import { MESSAGE_LIMIT_BYTES } from './incoming-limits.ts';
import { parseConnectionPath } from './stage-paths.ts';
import type { WebSocketApi } from './websocket-api.ts';

const SENT = ['Content-Length', '0'];
const GONE = ['x-amzn-ErrorType', 'GoneException', 'Content-Length', '0'];
const NO_BYTES = Buffer.alloc(0);

/** WebSocket APIs by the names of their stages. */
export type WebSocketStages = ReadonlyMap<string, WebSocketApi>;

/** Answers a request to `@connections`. @returns false if it is none, and is to be answered by others */
export function answerConnectionsRequest(stages: WebSocketStages, req: IncomingMessage, res: ServerResponse): boolean {
  const path = parseConnectionPath(req.url ?? '');
  if (path === undefined) return false;
  const { stage, connectionId } = path;
  const api = stages.get(stage);
  if (api === undefined) return false;
  if (req.method === 'POST') post(api, connectionId, req, res);
  else if (req.method === 'DELETE') answerOf(api, connectionId, res, deleteConnection);
  else if (req.method === 'GET') answerOf(api, connectionId, res, describeConnection);
  else return false;
  return true;
}

function post(api: WebSocketApi, connectionId: string, req: IncomingMessage, res: ServerResponse): void {
  readMessage(req, (message) => {
    if (message === undefined) sendJson(res, 413, { message: 'Message too long' }, 'PayloadTooLargeException');
    else if (api.findConnection(connectionId)?.send(message) === true) res.writeHead(200, SENT).end();
    else res.writeHead(410, GONE).end();
  });
}

function answerOf(
  api: WebSocketApi,
  connectionId: string,
  res: ServerResponse,
  answer: (connection: Connection, res: ServerResponse) => void,
): void {
  const connection = api.findConnection(connectionId);
  if (connection === undefined) res.writeHead(410, GONE).end();
  else answer(connection, res);
}

/** Gives undefined, at the end too, for a message over the limit. */
function readMessage(req: IncomingMessage, onMessage: (message: Buffer | undefined) => void): void {
  let message: Buffer | undefined = NO_BYTES;
  req.on('data', (chunk: Buffer) => {
    if (message === undefined) return;
    const isTooLarge = message.length + chunk.length > MESSAGE_LIMIT_BYTES;
    if (isTooLarge) message = undefined;
    // Mostly the first chunk is all.
    else message = message.length === 0 ? chunk : Buffer.concat([message, chunk]);
  });
  req.on('end', () => onMessage(message));
}

function deleteConnection(connection: Connection, res: ServerResponse): void {
  connection.close(DELETED);
  res.writeHead(204).end();
}

function describeConnection({ client, lastActiveAtEpochMs }: Connection, res: ServerResponse): void {
  const { sourceIp, userAgent } = client;
  sendJson(res, 200, {
    connectedAt: new Date(client.connectedAtEpochMs).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(lastActiveAtEpochMs).toISOString(),
  });
}

function sendJson(res: ServerResponse, statusCode: number, content: object, errorType?: string): void {
  const body = JSON.stringify(content);
  res.writeHead(statusCode, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...(errorType !== undefined && { 'x-amzn-ErrorType': errorType }),
  });
  res.end(body);
}
