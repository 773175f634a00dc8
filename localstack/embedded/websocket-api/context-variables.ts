/** The `$context` variables of a WebSocket API's access logs ("Configure logging for WebSocket APIs in API Gateway"). */
import { formatClfTime } from '../api-gateway/clf-time.ts';
import { compileTemplate, escape } from '../api-gateway/context-template.ts';
import type { ContextGetters, RenderContext } from '../api-gateway/context-template.ts';
import type { ConnectionEvent } from './connection-event.ts';
import { nameDomain } from './websocket-events.ts';

export interface LoggedEvent {
  readonly event: ConnectionEvent;
  readonly statusCode: number;
}

const VARIABLES: ContextGetters<LoggedEvent> = {
  apiId: ({ event }) => event.definition.apiId,
  connectedAt: ({ event }) => event.client.connectedAtEpochMs,
  connectionId: ({ event }) => event.client.connectionId,
  disconnectReason: ({ event }) => escape(event.closing?.reason),
  disconnectStatusCode: ({ event }) => event.closing?.code,
  domainName: ({ event }) => nameDomain(event.definition),
  'error.message': ({ event }) => event.error?.message,
  'error.messageString': ({ event }) => event.error && JSON.stringify(event.error.message),
  'error.responseType': ({ event }) => event.error?.responseType,
  eventType: ({ event }) => event.eventType,
  extendedRequestId: ({ event }) => event.requestId,
  'identity.sourceIp': ({ event }) => event.client.sourceIp,
  'identity.userAgent': ({ event }) => escape(event.client.userAgent),
  integrationErrorMessage: ({ event }) => escape(event.integrationErrorMessage),
  integrationLatency: ({ event }) => event.integrationLatencyMs,
  messageId: ({ event }) => event.messageId,
  requestId: ({ event }) => event.requestId,
  requestTime: ({ event }) => formatClfTime(event.receivedAtEpochMs),
  requestTimeEpoch: ({ event }) => event.receivedAtEpochMs,
  routeKey: ({ event }) => event.routeKey,
  stage: ({ event }) => event.definition.stageName,
  status: ({ statusCode }) => statusCode,
};

/** Compiles the format of a stage's access log. */
export function compileLogFormat(format: string): RenderContext<LoggedEvent> {
  return compileTemplate(format, VARIABLES);
}
