/** The sample events have the shape in which AWS delivers them, and mean what their names say. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { chatActivity } from '../shared/contract/chat-activity.ts';
import { idempotencyKey, sendMessageRequest } from '../shared/contract/open-stream.ts';
import { parseBody, parseHeader } from '../shared/runtime/parse-request.ts';
import { RequestError } from '../shared/runtime/request-error.ts';

const EVENTS = path.resolve(import.meta.dirname, '../events');

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

/** The events that a pattern names, without `.json`. */
function listEvents(pattern: string): string[] {
  return globSync(`${pattern}.json`, { cwd: EVENTS }).map((file) => file.replace(/\.json$/, ''));
}

function readFile(event: string): string {
  return readFileSync(path.join(EVENTS, `${event}.json`), 'utf8');
}

function readHttpEvent(name: string): APIGatewayProxyEvent {
  const event: APIGatewayProxyEvent = JSON.parse(readFile(name));
  return event;
}

function isBase64(body: string | null): boolean {
  return Buffer.from(body ?? '', 'base64').toString('base64') === body;
}

function areSignals(event: string): boolean[] {
  return sqsEvent
    .parse(JSON.parse(readFile(event)))
    .Records.map(({ body }) => chatActivity.safeParse(JSON.parse(body)).success);
}

test('every sample event is of a kind that is looked at here', () => {
  const sources = listEvents('**/*').map((event) => path.dirname(event));
  expect(new Set(sources)).toEqual(new Set(['check-health', 'fan-out', 'send-message']));
});

describe('HTTP events', () => {
  test.each(listEvents('{check-health,send-message}/*'))('%s is an event of a proxy integration', (name) => {
    const event = proxyEvent.parse(JSON.parse(readFile(name)));
    const { headers, multiValueHeaders, requestContext, body, isBase64Encoded } = event;
    expect(multiValueHeaders).toEqual(
      Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, [value]])),
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
  test.each(listEvents('fan-out/*'))('%s is an event of a queue', (name) => {
    for (const { body, md5OfBody } of sqsEvent.parse(JSON.parse(readFile(name))).Records)
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
