/** The record of a message that has attributes of its own, as event-source.test.ts sends it. */
import { expect } from 'vitest';

/** How a time is written: milliseconds since 1970. */
export const TIME = expect.stringMatching(/^\d{13}$/);

/** As in "Using Lambda with Amazon SQS"; the message has the attributes `text`, `amount` and `bytes`. */
export const DOCUMENTED_RECORD = {
  messageId: expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
  receiptHandle: expect.any(String),
  body: expect.stringMatching(/^\{"case":"[\da-f-]+"\}$/),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: TIME,
    SenderId: expect.any(String),
    ApproximateFirstReceiveTimestamp: TIME,
  },
  messageAttributes: {
    text: { stringValue: 'grüße', stringListValues: [], binaryListValues: [], dataType: 'String' },
    amount: { stringValue: '7', stringListValues: [], binaryListValues: [], dataType: 'Number.int' },
    bytes: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
  },
  md5OfBody: expect.stringMatching(/^[\da-f]{32}$/),
  eventSource: 'aws:sqs',
  eventSourceARN: expect.stringMatching(/^arn:aws:sqs:us-east-1:\d{12}:Probe-RecordsQueue/),
  awsRegion: 'us-east-1',
};
