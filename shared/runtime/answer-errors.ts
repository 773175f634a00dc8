/** Middleware that turns whatever a handler throws into one HTTP answer. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answerJson } from './answer-json.ts';
import { describeError } from './describe-error.ts';
import { describeErrorAnswer, type ErrorAnswer } from './error-answer.ts';
import type { ErrorFormat } from './error-formats.ts';
import { logger } from './logger.ts';

/** What every 401 must tell (RFC 9110, section 11.6.1); API Gateway renames it on its way out. */
const CHALLENGE = 'Bearer realm="messenger"';

/** Of a fault the client learns no more than that it may try again. */
export function answerErrors(
  formatFor: (event: APIGatewayProxyEvent) => ErrorFormat,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      request.response = answerError(request.error, formatFor(request.event), request.context.awsRequestId);
    },
  };
}

/** What a client is told of an error; what is a fault is logged, with its causes. */
export function explainError(error: unknown, awsRequestId: string): ErrorAnswer {
  const answer = describeErrorAnswer(error);
  const facts = { awsRequestId, error: describeError(error) };
  if (answer.statusCode === 503) logger.warn('the store was unavailable', facts);
  else if (answer.statusCode >= 500) logger.error('a request failed', facts);
  return answer;
}

function answerError(error: unknown, format: ErrorFormat, awsRequestId: string): APIGatewayProxyResult {
  const answer = explainError(error, awsRequestId);
  const { statusCode, body } = format(answer);
  const { retryAfterSeconds } = answer;
  return answerJson(statusCode, body, {
    ...(retryAfterSeconds !== undefined && { 'Retry-After': `${retryAfterSeconds}` }),
    ...(statusCode === 401 && { 'WWW-Authenticate': CHALLENGE }),
  });
}
