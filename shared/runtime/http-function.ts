/** The middy stack of every function behind the HTTP API. */
import middy, { type MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { StoreUnavailableError } from '../domain/errors.ts';
import { answerErrors } from './answer-errors.ts';

/** Time left to a function when its request is answered with a 503 rather than cut off by Lambda. */
const EARLY_MS = 500;

/** Wraps a handler: errors become answers, and a handler that is about to be timed out becomes a 503. */
export function httpFunction(
  handle: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>,
): MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
    timeoutEarlyInMillis: EARLY_MS,
    timeoutEarlyResponse: () => {
      throw new StoreUnavailableError('the function was about to time out');
    },
  })
    .use(answerErrors())
    .handler(handle);
}
