/** What API Gateway itself tells a client: no page of AWS has it, but its users show it in many places. */
import type { GatewayError } from '../api-gateway/gateway-errors.ts';
import type { ConnectionEvent } from './connection-event.ts';

/** A message found no route, not even `$default`. */
export const NO_ROUTE: GatewayError = {
  responseType: undefined,
  statusCode: 403,
  errorType: 'ForbiddenException',
  message: 'Forbidden',
  contentType: 'application/json',
  body: '{"message":"Forbidden"}',
};

export function renderErrorMessage(message: string, { client, requestId }: ConnectionEvent): string {
  return JSON.stringify({ message, connectionId: client.connectionId, requestId });
}
