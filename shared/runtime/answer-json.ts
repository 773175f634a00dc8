/** JSON answers in the form in which API Gateway takes them from a function. */
import type { APIGatewayProxyResult } from 'aws-lambda';

/** Any page may read the answer: these routes know no cookies, so a browser adds nothing that a page could not. */
export function answerJson(
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*', ...headers },
    body: JSON.stringify(body),
  };
}
