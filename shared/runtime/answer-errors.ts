/** Middleware that turns whatever a handler throws into one HTTP answer. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answerJson } from './answer-json.ts';
import { describeError } from './describe-error.ts';
import { describeErrorAnswer } from './error-answer.ts';
import type { ErrorFormat } from './error-formats.ts';
import { logger } from './logger.ts';

/** What every 401 must tell (RFC 9110, section 11.6.1); API Gateway renames it on its way out. */
const CHALLENGE = 'Bearer realm="messenger"';

/** Faults are logged with their causes; the client learns no more than that it may try again. */
export function answerErrors(
  formatFor: (event: APIGatewayProxyEvent) => ErrorFormat,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      request.response = answerError(request.error, formatFor(request.event), request.context.awsRequestId);
    },
  };
}

function answerError(error: unknown, format: ErrorFormat, awsRequestId: string): APIGatewayProxyResult {
  const answer = describeErrorAnswer(error);
  const facts = { awsRequestId, error: describeError(error) };
  if (answer.statusCode === 503) logger.warn('the store was unavailable', facts);
  else if (answer.statusCode >= 500) logger.error('a request failed', facts);
  const { statusCode, body } = format(answer);
  const { retryAfterSeconds } = answer;
  return answerJson(statusCode, body, {
    ...(retryAfterSeconds !== undefined && { 'Retry-After': `${retryAfterSeconds}` }),
    ...(statusCode === 401 && { 'WWW-Authenticate': CHALLENGE }),
  });
}
