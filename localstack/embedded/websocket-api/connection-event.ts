/** One event of a connection - that it opens, a message, that it has closed - until it has been logged. */
import { takeRandomText } from '../api-gateway/request-ids.ts';
import type { GatewayError } from '../api-gateway/gateway-errors.ts';
import type { Closing } from './close-codes.ts';
import type { WebSocketApiDefinition } from './websocket-api-definition.ts';

/** What is known of a connection from its handshake. */
export interface Client {
  readonly connectionId: string;
  readonly connectedAtEpochMs: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

export interface ConnectionEvent {
  readonly definition: WebSocketApiDefinition;
  readonly client: Client;
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  /** `$default` for a message that has no route of its own, whether or not there is a route `$default`. */
  readonly routeKey: string;
  /** The extended request id too: in WebSocket APIs both are the same ("WebSocket API mapping template reference"). */
  readonly requestId: string;
  readonly receivedAtEpochMs: number;
  /** Of a message. */
  readonly messageId: string | undefined;
  /** Of a connection that has closed. */
  readonly closing: Closing | undefined;
  error: GatewayError | undefined;
  /** Why the integration failed; it never holds anything of the payload. */
  integrationErrorMessage: string | undefined;
  integrationLatencyMs: number | undefined;
}

const ID_BYTES = 11;

/** An id such as API Gateway gives connections, requests and messages: `L0SM9cOFvHcCIhw=`. */
export function createId(): string {
  return `${takeRandomText(ID_BYTES, 'base64url')}=`;
}

export function createConnectionEvent(
  definition: WebSocketApiDefinition,
  client: Client,
  what: Pick<ConnectionEvent, 'eventType' | 'routeKey'> & { readonly closing?: Closing },
): ConnectionEvent {
  return {
    definition,
    client,
    eventType: what.eventType,
    routeKey: what.routeKey,
    requestId: createId(),
    receivedAtEpochMs: Date.now(),
    messageId: what.eventType === 'MESSAGE' ? createId() : undefined,
    closing: what.closing,
    error: undefined,
    integrationErrorMessage: undefined,
    integrationLatencyMs: undefined,
  };
}
