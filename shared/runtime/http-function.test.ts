/** What the stack around every HTTP handler makes of errors. */
import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import { IdempotencyKeyReusedError, StoreUnavailableError, UnauthorizedError } from '../domain/errors.ts';
import { httpFunction } from './http-function.ts';
import { RequestError } from './request-error.ts';

vi.mock('./logger.ts', () => ({ logger: { warn: () => {}, error: () => {} } }));

const event: APIGatewayProxyEvent = JSON.parse(readFileSync('events/check-health/ok.json', 'utf8'));
const context: Context = JSON.parse('{"awsRequestId": "request"}');

async function answerTo(handle: () => Promise<APIGatewayProxyResult>, remainingMs = 25_000) {
  const answer = await httpFunction(handle)(
    event,
    { ...context, getRemainingTimeInMillis: () => remainingMs },
    { signal: new AbortController().signal },
  );
  return {
    statusCode: answer?.statusCode,
    retryAfter: answer?.headers?.['Retry-After'],
    challenge: answer?.headers?.['WWW-Authenticate'],
    detail: JSON.parse(answer?.body ?? '{}').detail,
  };
}

describe('a handler that', () => {
  test('is about to be timed out is answered 503, to be tried again', async () => {
    const answer = await answerTo(() => new Promise(() => {}), 550);
    expect(answer).toMatchObject({ statusCode: 503, retryAfter: '1' });
  });

  test('finds the store unavailable is answered 503, to be tried again', async () => {
    const answer = await answerTo(() => Promise.reject(new StoreUnavailableError('away')));
    expect(answer).toMatchObject({ statusCode: 503, retryAfter: '1' });
  });

  test('finds a key reused is answered 409', async () => {
    expect(await answerTo(() => Promise.reject(new IdempotencyKeyReusedError('used')))).toMatchObject({
      statusCode: 409,
    });
  });

  test('finds nobody signed in is answered 401, with how to sign in', async () => {
    const answer = await answerTo(() => Promise.reject(new UnauthorizedError('sign in')));
    expect(answer).toMatchObject({ statusCode: 401, challenge: 'Bearer realm="messenger"' });
  });

  test('finds bad input is answered with every problem', async () => {
    const problem = { location: ['body', 'text'], message: 'is required', type: 'missing' };
    const answer = await answerTo(() => Promise.reject(new RequestError(422, [problem, problem])));
    const described = { loc: ['body', 'text'], msg: 'is required', type: 'missing' };
    expect(answer).toMatchObject({ statusCode: 422, detail: [described, described] });
  });

  test('fails in any other way is answered 500, which tells nothing', async () => {
    const answer = await answerTo(() => Promise.reject(new Error('a secret')));
    expect(answer).toMatchObject({ statusCode: 500, detail: 'Internal Server Error' });
  });
});
