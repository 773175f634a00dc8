/** JSON answers in the form in which API Gateway takes them from a function. */
import type { APIGatewayProxyResult } from 'aws-lambda';

/**
 * Any page may read the answer: these routes know no cookies, so a browser adds nothing that a page could not.
 * @param body nothing for an answer without a body
 */
export function answerJson(
  statusCode: number,
  body: object | undefined,
  headers: Record<string, string> = {},
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'Retry-After',
      ...headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}
