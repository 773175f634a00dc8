/** Writes the events that functions get of connections ("Set up a WebSocket API integration request in API Gateway"). */
import type { IncomingMessage } from 'node:http';
import { formatClfTime } from '../api-gateway/clf-time.ts';
import { joinObject, quote, renderMembers } from '../api-gateway/json-text.ts';
import { parseQueryString } from '../api-gateway/query-string.ts';
import { renderEventHeaders } from '../api-gateway/request-headers.ts';
import type { ConnectionEvent } from './connection-event.ts';
import type { WebSocketApiDefinition } from './websocket-api-definition.ts';

/** The events of one API as JSON. */
export interface EventRenderer {
  /** @param traceRoot `Root=1-{time}-{random}` */
  renderConnect(event: ConnectionEvent, req: IncomingMessage, traceRoot: string): string;
  renderMessage(event: ConnectionEvent, body: string): string;
  renderDisconnect(event: ConnectionEvent): string;
}

export function createEventRenderer(definition: WebSocketApiDefinition): EventRenderer {
  const domainName = nameDomain(definition);
  const fixedContext = renderMembers({
    messageDirection: 'IN',
    stage: definition.stageName,
    domainName,
    apiId: definition.apiId,
  });
  const hasVariables = Object.keys(definition.stageVariables).length > 0;
  const fixedEvent = renderMembers({
    isBase64Encoded: false,
    ...(hasVariables && { stageVariables: definition.stageVariables }),
  });
  const goneHeaders = renderGoneHeaders(domainName);
  const renderContext = (event: ConnectionEvent, texts: Readonly<Record<string, string>> = {}): string =>
    joinObject(fixedContext, { ...describeEvent(event), ...texts });
  return {
    renderConnect: (event, req, traceRoot) =>
      joinObject(fixedEvent, {
        ...renderEventHeaders({ req, sourceIp: event.client.sourceIp, traceRoot }),
        ...renderQuery(req.url ?? ''),
        requestContext: renderContext(event),
      }),
    renderMessage: (event, body) =>
      joinObject(fixedEvent, {
        requestContext: renderContext(event, { messageId: quote(event.messageId ?? '') }),
        body: quote(body),
      }),
    renderDisconnect: (event) =>
      joinObject(fixedEvent, {
        ...goneHeaders,
        requestContext: renderContext(event, {
          disconnectStatusCode: String(event.closing?.code),
          disconnectReason: quote(event.closing?.reason ?? ''),
        }),
      }),
  };
}

/** The host name that API Gateway gives the API. */
export function nameDomain({ apiId, region }: Pick<WebSocketApiDefinition, 'apiId' | 'region'>): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

function describeEvent({ client, eventType, routeKey, requestId, receivedAtEpochMs }: ConnectionEvent) {
  const { connectionId, connectedAtEpochMs, sourceIp, userAgent } = client;
  const identity = userAgent === undefined ? { sourceIp } : { sourceIp, userAgent };
  return {
    routeKey: quote(routeKey),
    eventType: quote(eventType),
    extendedRequestId: quote(requestId),
    requestTime: quote(formatClfTime(receivedAtEpochMs)),
    connectedAt: String(connectedAtEpochMs),
    requestTimeEpoch: String(receivedAtEpochMs),
    identity: JSON.stringify(identity),
    requestId: quote(requestId),
    connectionId: quote(connectionId),
  };
}

/** Both forms, or nothing when the handshake's URL has no query string. */
function renderQuery(url: string): Record<string, string> {
  const parameters = parseQueryString(url);
  if (parameters.queryStringParameters === null) return {};
  return Object.fromEntries(Object.entries(parameters).map(([form, values]) => [form, JSON.stringify(values)]));
}

/** What stands in place of the handshake's headers once the connection has closed. */
function renderGoneHeaders(domainName: string): Record<string, string> {
  const headers = { Host: domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { headers: JSON.stringify(headers), multiValueHeaders: JSON.stringify(multiValueHeaders) };
}
