/** The events of WebSocket APIs, as the probe function notes them. */
import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';
import type { Engine } from '../conformance-case.ts';
import { readNotes } from '../read-notes.ts';

export interface SocketContext extends APIGatewayEventWebsocketRequestContextV2 {
  readonly identity: { readonly sourceIp: string; readonly userAgent?: string };
  readonly disconnectStatusCode?: number;
  readonly disconnectReason?: string;
}

export interface SocketEvent extends APIGatewayProxyWebsocketEventV2WithRequestContext<SocketContext> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The events that were noted under a name, waiting until there are so many.
 * @param name a connection's id, or what the function was told
 */
export async function readEvents(engine: Engine, name: string, count: number): Promise<SocketEvent[]> {
  const notes = await readNotes(engine, name, ({ length }) => length >= count);
  return notes.map((event) => JSON.parse(event));
}

/** @throws Error if none was noted */
export async function readEvent(engine: Engine, name: string): Promise<SocketEvent> {
  const [event] = await readEvents(engine, name, 1);
  if (event === undefined) throw new Error(`no event was noted as ${name}`);
  return event;
}

/** What of an event a case looks at. */
export type Select = (event: SocketEvent, engine: Engine) => unknown;

export const listMembers: Select = (event) => Object.keys(event).toSorted();

export const listContextMembers: Select = ({ requestContext }) => Object.keys(requestContext).toSorted();
