/** The identifiers that API Gateway gives each request. */
import { randomFillSync, randomUUID } from 'node:crypto';

export interface RequestIds {
  /** A UUID: requestContext.requestId and x-amzn-RequestId. */
  readonly requestId: string;
  /** requestContext.extendedRequestId and x-amz-apigw-id, for example `JKJaXmPLvHcESHA=`. */
  readonly extendedRequestId: string;
  /** The root of X-Amzn-Trace-Id: `Root=1-{time}-{random}`. */
  readonly traceRoot: string;
}

const EXTENDED_ID_BYTES = 11;
const TRACE_ID_BYTES = 12;

/** Filled by one system call for many requests. */
const randomPool = Buffer.alloc((EXTENDED_ID_BYTES + TRACE_ID_BYTES) * 256);
let poolOffset = randomPool.length;

/** @param epochMs when the request came in, which a trace's root carries in seconds */
export function createRequestIds(epochMs: number): RequestIds {
  const seconds = Math.floor(epochMs / 1000).toString(16);
  return {
    requestId: randomUUID(),
    extendedRequestId: takeRandomText(EXTENDED_ID_BYTES, 'base64'),
    traceRoot: `Root=1-${seconds}-${takeRandomText(TRACE_ID_BYTES, 'hex')}`,
  };
}

/** Random bytes as text, of no more than some dozen bytes. */
export function takeRandomText(lengthBytes: number, encoding: 'base64' | 'base64url' | 'hex'): string {
  if (poolOffset + lengthBytes > randomPool.length) {
    randomFillSync(randomPool);
    poolOffset = 0;
  }
  poolOffset += lengthBytes;
  return randomPool.toString(encoding, poolOffset - lengthBytes, poolOffset);
}
