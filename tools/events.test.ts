/** The sample events have the shape in which AWS delivers them, and mean what their names say. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { chatActivity } from '../shared/contract/chat-activity.ts';
import { idempotencyKey, sendMessageRequest } from '../shared/contract/open-stream.ts';
import { parseBody, parseHeader } from '../shared/runtime/parse-request.ts';
import { RequestError } from '../shared/runtime/request-error.ts';

const text = z.string();
const nothing = z.null();

const proxyEvent = z.strictObject({
  resource: text,
  path: text,
  httpMethod: z.enum(['GET', 'POST']),
  headers: z.record(text, text),
  multiValueHeaders: z.record(text, z.array(text)),
  queryStringParameters: nothing,
  multiValueQueryStringParameters: nothing,
  pathParameters: nothing,
  stageVariables: nothing,
  requestContext: z.strictObject({
    resourceId: text,
    resourcePath: text,
    httpMethod: text,
    extendedRequestId: text,
    requestTime: text,
    path: text,
    accountId: text,
    protocol: z.literal('HTTP/1.1'),
    stage: text,
    domainPrefix: text,
    requestTimeEpoch: z.int(),
    requestId: z.uuid(),
    identity: z.looseObject({ sourceIp: z.ipv4(), userAgent: text }),
    domainName: text,
    deploymentId: text,
    apiId: text,
  }),
  body: text.nullable(),
  isBase64Encoded: z.boolean(),
});

const sqsEvent = z.strictObject({
  Records: z.array(
    z.strictObject({
      messageId: z.uuid(),
      receiptHandle: text,
      body: text,
      attributes: z.strictObject({
        ApproximateReceiveCount: text,
        SentTimestamp: text,
        SenderId: text,
        ApproximateFirstReceiveTimestamp: text,
      }),
      messageAttributes: z.record(text, z.never()),
      md5OfBody: text,
      eventSource: z.literal('aws:sqs'),
      eventSourceARN: z.templateLiteral(['arn:aws:sqs:eu-central-1:123456789012:', text]),
      awsRegion: z.literal('eu-central-1'),
    }),
  ),
});

function readFile(path: string): string {
  return readFileSync(new URL(`../events/${path}.json`, import.meta.url), 'utf8');
}

function readHttpEvent(path: string): APIGatewayProxyEvent {
  const event: APIGatewayProxyEvent = JSON.parse(readFile(path));
  return event;
}

function isBase64(body: string | null): boolean {
  return Buffer.from(body ?? '', 'base64').toString('base64') === body;
}

function areSignals(path: string): boolean[] {
  return sqsEvent
    .parse(JSON.parse(readFile(path)))
    .Records.map(({ body }) => chatActivity.safeParse(JSON.parse(body)).success);
}

describe('HTTP events', () => {
  test.each([
    'check-health/ok',
    'send-message/invalid-utf8',
    'send-message/missing-text',
    'send-message/not-json',
    'send-message/ok',
    'send-message/too-long',
    'send-message/unknown-field',
    'send-message/with-idempotency-key',
    'send-message/wrong-content-type',
    'send-message/wrong-types',
  ])('%s is an event of a proxy integration', (path) => {
    const event = proxyEvent.parse(JSON.parse(readFile(path)));
    const { headers, multiValueHeaders, requestContext, body, isBase64Encoded } = event;
    expect(multiValueHeaders).toEqual(
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    );
    expect(requestContext.httpMethod).toBe(event.httpMethod);
    expect(requestContext.resourcePath).toBe(event.resource);
    expect(requestContext.path).toBe(`/${requestContext.stage}${event.path}`);
    expect(isBase64Encoded).toBe(headers['Content-Type'] === 'application/json');
    expect(body === null).toBe(event.httpMethod === 'GET');
    expect(!isBase64Encoded || isBase64(body)).toBe(true);
  });

  test('ok holds a message, beyond ASCII', () => {
    const event = readHttpEvent('send-message/ok');
    expect(parseBody(event, sendMessageRequest)).toEqual({ sender: 'ann', text: 'Hello, world! Grüße 👋' });
    expect(parseHeader(event, 'Idempotency-Key', idempotencyKey)).toBeUndefined();
  });

  test('with-idempotency-key holds a message and a key', () => {
    const event = readHttpEvent('send-message/with-idempotency-key');
    expect(parseBody(event, sendMessageRequest)).toEqual({ sender: 'ann', text: 'Hello once' });
    expect(parseHeader(event, 'Idempotency-Key', idempotencyKey)).toBe('0f8c1d52-6a3e-4b7f-9c21-8e5d4a7b3f60');
  });

  test.each([
    ['not-json', 422, ['body: must be JSON']],
    ['missing-text', 422, ['body.text: ']],
    ['wrong-types', 422, ['body.sender: ', 'body.text: ']],
    ['unknown-field', 422, ['body.colour: is not a known field']],
    ['too-long', 422, ['body.text: must be 1 to 4096 characters long']],
    ['invalid-utf8', 422, ['body: must be UTF-8']],
    ['wrong-content-type', 415, ['header.Content-Type: must be application/json']],
  ])('%s is refused with %i for what its name says, and nothing else', (name, statusCode, problems) => {
    const event = readHttpEvent(`send-message/${name}`);
    const error = catchError(() => parseBody(event, sendMessageRequest));
    expect(error.statusCode).toBe(statusCode);
    expect(error.message.split('; ')).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });
});

describe('SQS events', () => {
  test.each(['fan-out/ok', 'fan-out/not-a-signal'])('%s is an event of a queue', (path) => {
    for (const { body, md5OfBody } of sqsEvent.parse(JSON.parse(readFile(path))).Records)
      expect(createHash('md5').update(body).digest('hex')).toBe(md5OfBody);
  });

  test('only ok holds a signal', () => {
    expect(areSignals('fan-out/ok')).toEqual([true]);
    expect(areSignals('fan-out/not-a-signal')).toEqual([false]);
  });
});

function catchError(run: () => unknown): RequestError {
  try {
    run();
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
