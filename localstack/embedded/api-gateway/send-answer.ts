/** Writes an answer with the headers that every answer of API Gateway has. */
import type { Exchange } from './exchange.ts';

export interface Answer {
  readonly statusCode: number;
  /** Name, value, name, value... */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/**
 * Writes the status line and the headers.
 *
 * @returns the body's length in bytes
 * @throws {Error} for a header that HTTP does not allow; nothing is written then
 */
export function writeAnswerHead({ res, requestId, extendedRequestId, traceRoot }: Exchange, answer: Answer): number {
  const { statusCode, headers, body } = answer;
  const lengthBytes = Buffer.byteLength(body);
  const allHeaders = [
    'x-amzn-RequestId',
    requestId,
    'x-amz-apigw-id',
    extendedRequestId,
    'X-Amzn-Trace-Id',
    traceRoot,
    ...headers,
  ];
  const mayHaveBody = statusCode !== 204 && statusCode !== 304;
  if (mayHaveBody) allHeaders.push('Content-Length', String(lengthBytes));
  res.writeHead(statusCode, allHeaders);
  return mayHaveBody ? lengthBytes : 0;
}
