/** Why connections close (RFC 6455, section 7.4.1), in the words of $disconnect events. */

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A backend has deleted the connection. */
export const DELETED: Closing = { code: 1000, reason: 'Connection Closed Normally' };
/** The connection has lasted its time or was idle, or the engine stops. */
export const GOING_AWAY: Closing = { code: 1001, reason: 'Going away' };
/** A binary frame came ("Binary media types for WebSocket APIs in API Gateway"). */
export const NOT_A_TEXT: Closing = { code: 1003, reason: 'Unsupported data' };
/** A frame or a message was too large ("Quotas for configuring and running a WebSocket API in API Gateway"). */
export const TOO_LARGE: Closing = { code: 1009, reason: 'Message too big' };
/** More of unfinished messages has come, from all clients, than this process holds. */
export const OVERLOADED: Closing = { code: 1013, reason: 'Try again later' };
/** No close frame came. */
export const CUT_OFF: Closing = { code: 1006, reason: 'Connection closed abnormally' };

const NO_CODE = 1005;

const PROTOCOL_ERROR: Closing = { code: 1002, reason: 'Protocol error' };
/** By the codes that the package ws gives its errors. */
const REFUSED_FRAMES: Readonly<Record<string, Closing>> = {
  WS_ERR_INVALID_UTF8: { code: 1007, reason: 'Invalid UTF-8' },
  WS_ERR_TOO_MANY_BUFFERED_PARTS: { code: 1008, reason: 'Too many fragments' },
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: TOO_LARGE,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: TOO_LARGE,
};

/** How a connection ends by an error of its socket; undefined if the error does not tell. */
export function describeSocketError(error: Error): Closing | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REFUSED_FRAMES[code] ?? (code.startsWith('WS_ERR_') ? PROTOCOL_ERROR : undefined);
}

/** How a connection has ended that was not closed here. */
export function describeClose(code: number, reason: string): Closing {
  if (code === NO_CODE) return { code, reason: 'Client-side close frame status not set' };
  return code === CUT_OFF.code ? CUT_OFF : { code, reason };
}
