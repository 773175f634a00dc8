/** The middy stack of every function behind the HTTP API. */
import middy, { type MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { StoreUnavailableError } from '../domain/errors.ts';
import { answerErrors } from './answer-errors.ts';
import { type ErrorFormat, streamErrors } from './error-formats.ts';

/** Time left to a function when its request is answered with a 503 rather than cut off by Lambda. */
const EARLY_MS = 500;

/**
 * Wraps a handler: errors become answers, and a handler that is about to be timed out becomes a 503.
 * @param formatFor how the surface that a request is meant for says what went wrong
 */
export function httpFunction(
  handle: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>,
  formatFor: (event: APIGatewayProxyEvent) => ErrorFormat = () => streamErrors,
): MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
    timeoutEarlyInMillis: EARLY_MS,
    timeoutEarlyResponse: () => {
      throw new StoreUnavailableError('the function was about to time out');
    },
  })
    .use(answerErrors(formatFor))
    .handler(handle);
}
