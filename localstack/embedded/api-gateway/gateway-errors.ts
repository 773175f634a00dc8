/** The answers that API Gateway gives itself ("Gateway response types for API Gateway"). */

export interface GatewayError {
  /** The type under which a template may customize the answer; undefined where AWS does not allow it. */
  readonly responseType: string | undefined;
  readonly statusCode: number;
  /** The value of x-amzn-ErrorType. */
  readonly errorType: string;
  readonly message: string;
  readonly contentType: string;
  readonly body: string;
  readonly retryAfterSeconds?: number;
  /** The answer is sent while the request still comes in. */
  readonly leavesBodyUnread?: true;
}

export const MISSING_AUTHENTICATION_TOKEN: GatewayError = {
  responseType: 'MISSING_AUTHENTICATION_TOKEN',
  statusCode: 403,
  errorType: 'MissingAuthenticationTokenException',
  message: 'Missing Authentication Token',
  contentType: 'application/json',
  body: '{"message":"Missing Authentication Token"}',
};

export const THROTTLED: GatewayError = {
  responseType: 'THROTTLED',
  statusCode: 429,
  errorType: 'TooManyRequestsException',
  message: 'Too Many Requests',
  contentType: 'application/json',
  body: '{"message":"Too Many Requests"}',
};

/**
 * More than this machine can hold. On AWS too many requests at once get this answer from API Gateway ("Throttle requests
 * to your REST APIs"), but those that Lambda refuses get a 500, which would not say that a repeat helps.
 */
export const OVERLOADED: GatewayError = { ...THROTTLED, retryAfterSeconds: 1 };

/** The same, known before the body has come. */
export const BODY_REFUSED: GatewayError = { ...OVERLOADED, leavesBodyUnread: true };

export const INTEGRATION_TIMEOUT: GatewayError = {
  responseType: 'INTEGRATION_TIMEOUT',
  statusCode: 504,
  errorType: 'InternalServerErrorException',
  message: 'Endpoint request timed out',
  contentType: 'application/json',
  body: '{"message": "Endpoint request timed out"}',
};

const INTERNAL_SERVER_ERROR = {
  errorType: 'InternalServerErrorException',
  message: 'Internal server error',
  contentType: 'application/json',
  body: '{"message": "Internal server error"}',
};

/** The function failed or gave a malformed answer ("Handling Lambda errors with an API Gateway API"). */
export const BAD_FUNCTION_ANSWER: GatewayError = {
  ...INTERNAL_SERVER_ERROR,
  responseType: 'DEFAULT_5XX',
  statusCode: 502,
};

/** Lambda refused the call ("Handling Lambda errors with an API Gateway API"). */
export const INTEGRATION_FAILURE: GatewayError = {
  ...INTERNAL_SERVER_ERROR,
  responseType: 'INTEGRATION_FAILURE',
  statusCode: 500,
};

/** The function's answer says that it is base64 and it is not. */
export const API_CONFIGURATION_ERROR: GatewayError = {
  ...INTERNAL_SERVER_ERROR,
  responseType: 'API_CONFIGURATION_ERROR',
  statusCode: 500,
};

/** The event is over Lambda's limit. Not customizable ("Amazon API Gateway important notes"). */
export const REQUEST_TOO_LONG: GatewayError = {
  responseType: undefined,
  statusCode: 413,
  errorType: 'RequestTooLargeException',
  message: 'Request Too Long',
  contentType: 'application/json',
  body: '{"message":"Request Too Long"}',
};

/** The body is over API Gateway's own limit: its front end answers in plain text before the API sees the request. */
export const CONTENT_TOO_LONG: GatewayError = {
  responseType: undefined,
  statusCode: 413,
  errorType: 'RequestTooLargeException',
  message: 'HTTP content length exceeded 10485760 bytes.',
  contentType: 'text/plain',
  body: 'HTTP content length exceeded 10485760 bytes.',
  leavesBodyUnread: true,
};

/** The request line and the header values are over API Gateway's limit, which its front end tells in plain text. */
export const HEADERS_TOO_LARGE: GatewayError = {
  responseType: undefined,
  statusCode: 431,
  errorType: 'RequestHeaderFieldsTooLargeException',
  message: 'HTTP header is larger than 10240 bytes.',
  contentType: 'text/plain',
  body: 'HTTP header is larger than 10240 bytes.',
};
