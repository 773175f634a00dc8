/** The event that Lambda makes of SQS messages (AWS page "Using Lambda with Amazon SQS"). */
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { SQSMessageAttribute, SQSRecord } from 'aws-lambda';

export interface SqsRecordOptions {
  queueArn: string;
  region: string;
}

/** One message as a record of the event. */
export function createSqsRecord(message: Message, { queueArn, region }: SqsRecordOptions): SQSRecord {
  const { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', MD5OfMessageAttributes } = message;
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ApproximateReceiveCount: '',
      SentTimestamp: '',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
      ...message.Attributes,
    },
    messageAttributes: Object.fromEntries(attributes.map(([name, value]) => [name, createAttribute(value)])),
    md5OfBody: MD5OfBody,
    ...(MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function createAttribute({
  DataType = 'String',
  StringValue,
  BinaryValue,
}: MessageAttributeValue): SQSMessageAttribute {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    // SQS reserves lists but has none yet; Lambda sends them empty.
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

/** Splits records into events that stay below `limitBytes` as JSON, in order. A single larger record is an event alone. */
export function createSqsEvents(records: SQSRecord[], limitBytes: number): { records: SQSRecord[]; payload: string }[] {
  const overheadBytes = '{"Records":[]}'.length;
  const groups: { records: SQSRecord[]; bytes: number }[] = [];
  for (const record of records) {
    const bytes = Buffer.byteLength(JSON.stringify(record)) + 1;
    const last = groups.at(-1);
    if (last !== undefined && last.bytes + bytes <= limitBytes) {
      last.records.push(record);
      last.bytes += bytes;
    } else {
      groups.push({ records: [record], bytes: overheadBytes + bytes });
    }
  }
  return groups.map((group) => ({ records: group.records, payload: JSON.stringify({ Records: group.records }) }));
}
