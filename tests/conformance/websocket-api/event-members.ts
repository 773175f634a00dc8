/** What the events of WebSocket APIs have as members, as AWS documents it. */

const COMMON_CONTEXT = [
  'apiId',
  'connectedAt',
  'connectionId',
  'domainName',
  'eventType',
  'extendedRequestId',
  'identity',
  'messageDirection',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'routeKey',
  'stage',
];

export const CONNECT_MEMBERS = {
  event: ['headers', 'isBase64Encoded', 'multiValueHeaders', 'requestContext'],
  context: COMMON_CONTEXT,
};

/** AWS shows events of the other two only; what its users show of messages has neither headers nor a query. */
export const MESSAGE_MEMBERS = {
  event: ['body', 'isBase64Encoded', 'requestContext'],
  context: [...COMMON_CONTEXT, 'messageId'].toSorted(),
};

export const DISCONNECT_MEMBERS = {
  event: ['headers', 'isBase64Encoded', 'multiValueHeaders', 'requestContext'],
  context: [...COMMON_CONTEXT, 'disconnectReason', 'disconnectStatusCode'].toSorted(),
};

/** The members of a context on an engine that does not tell the direction, which is always the same. */
export function withoutDirection(context: readonly string[]): string[] {
  return context.filter((name) => name !== 'messageDirection');
}
