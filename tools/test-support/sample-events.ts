/** The sample events, and the shapes in which AWS delivers such events. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const EVENTS = path.resolve(import.meta.dirname, '../../events');

const text = z.string();
const nothing = z.null();

export const proxyEvent = z.strictObject({
  resource: text,
  path: text,
  httpMethod: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  headers: z.record(text, text),
  multiValueHeaders: z.record(text, z.array(text)),
  queryStringParameters: z.record(text, text).nullable(),
  multiValueQueryStringParameters: z.record(text, z.array(text)).nullable(),
  pathParameters: z.record(text, text).nullable(),
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

export const sqsEvent = z.strictObject({
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
        // Of a FIFO queue.
        SequenceNumber: z.optional(text),
        MessageGroupId: z.optional(text),
        MessageDeduplicationId: z.optional(text),
      }),
      messageAttributes: z.record(text, z.never()),
      md5OfBody: text,
      eventSource: z.literal('aws:sqs'),
      eventSourceARN: z.templateLiteral(['arn:aws:sqs:eu-central-1:123456789012:', text]),
      awsRegion: z.literal('eu-central-1'),
    }),
  ),
});

/** Held against the documented members ("Set up a WebSocket API integration request in API Gateway"). */
export const socketEvent = z.strictObject({
  headers: z.record(text, text).optional(),
  multiValueHeaders: z.record(text, z.array(text)).optional(),
  queryStringParameters: z.record(text, text).optional(),
  multiValueQueryStringParameters: z.record(text, z.array(text)).optional(),
  requestContext: z.strictObject({
    routeKey: text,
    eventType: z.enum(['CONNECT', 'MESSAGE', 'DISCONNECT']),
    extendedRequestId: text,
    requestTime: text,
    messageDirection: z.literal('IN'),
    messageId: text.optional(),
    disconnectStatusCode: z.int().optional(),
    disconnectReason: text.optional(),
    stage: text,
    connectedAt: z.int(),
    requestTimeEpoch: z.int(),
    identity: z.strictObject({ sourceIp: z.ipv4(), userAgent: text }),
    requestId: text,
    domainName: text,
    connectionId: text,
    apiId: text,
  }),
  body: text.optional(),
  isBase64Encoded: z.literal(false),
});

/** The events that a pattern names, without `.json`. */
export function listEvents(pattern: string): string[] {
  return globSync(`${pattern}.json`, { cwd: EVENTS }).map((file) => file.replace(/\.json$/, ''));
}

/** One event's text. */
export function readEvent(event: string): string {
  return readFileSync(path.join(EVENTS, `${event}.json`), 'utf8');
}
