/** Middleware that turns whatever a handler throws into one HTTP answer. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { HeadMovedError, IdempotencyKeyReusedError, StoreUnavailableError } from '../domain/errors.ts';
import { answerJson } from './answer-json.ts';
import { describeError } from './describe-error.ts';
import { logger } from './logger.ts';
import { RequestError } from './request-error.ts';

/** Seconds after which a client that got a 503 may try again. */
const RETRY_AFTER_SECONDS = '1';

/**
 * Answers `{"detail": ...}`: for bad input a list of `{loc, msg, type}`, one for each problem; otherwise a sentence.
 * Faults are logged with their causes; the client learns no more than that it may try again.
 */
export function answerErrors(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      request.response = answerError(request.error, request.context.awsRequestId);
    },
  };
}

function answerError(error: unknown, awsRequestId: string): APIGatewayProxyResult {
  if (error instanceof RequestError) {
    const detail = error.problems.map(({ location, message, type }) => ({ loc: location, msg: message, type }));
    return answerJson(error.statusCode, { detail });
  }
  if (error instanceof IdempotencyKeyReusedError) return answerJson(409, { detail: error.message });
  if (error instanceof StoreUnavailableError || error instanceof HeadMovedError) {
    logger.warn('the store was unavailable', { awsRequestId, error: describeError(error) });
    const detail =
      'The store did not answer in time. Whether the message is stored is unknown: repeat the request with the same Idempotency-Key.';
    return answerJson(503, { detail }, { 'Retry-After': RETRY_AFTER_SECONDS });
  }
  logger.error('a request failed', { awsRequestId, error: describeError(error) });
  return answerJson(500, { detail: 'Internal Server Error' });
}
