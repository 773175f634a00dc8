/** Sends one message of a load over its connection and says how that ended. */
import type { Client } from 'undici';
import type { SendMessageRequest } from '../../shared/contract/open-stream.ts';
import { parseAnswer } from '../answers/parse-answer.ts';
import { findErrorCode } from '../command-line/error-code.ts';
import { checkAnswer } from '../verify/check-answer.ts';

export type Outcome =
  /** A 200, as it came; `problem` says why it is no right answer. */
  | { readonly answer: string; readonly problem: string | undefined }
  /** No answer, or another status. */
  | { readonly kind: string; readonly message: string };

const SHOWN_CHARACTERS = 200;

/** Never rejects. */
export async function sendRequest(
  connection: Client,
  path: string,
  request: SendMessageRequest,
  key: string | undefined,
): Promise<Outcome> {
  try {
    const { statusCode, body } = await connection.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      body: JSON.stringify(request),
    });
    const text = await body.text();
    if (statusCode !== 200) return { kind: `HTTP ${statusCode}`, message: text.slice(0, SHOWN_CHARACTERS) };
    return { answer: text, problem: findProblem(text, request) };
  } catch (error) {
    return describeFault(error);
  }
}

function findProblem(text: string, request: SendMessageRequest): string | undefined {
  const answer = parseAnswer(text);
  if (typeof answer === 'string') return answer;
  const [violation] = checkAnswer(answer);
  if (violation !== undefined) return violation.message;
  const [, sender, sentText] = answer.rows.at(-1) ?? [];
  if (sender !== request.sender || sentText !== request.text) return 'its last row is not the message that was sent';
  return undefined;
}

function describeFault(error: unknown): Outcome {
  const code = findErrorCode(error) ?? 'fault';
  const message = error instanceof Error ? error.message : String(error);
  if (code.endsWith('TIMEOUT') || code === 'ETIMEDOUT') return { kind: 'timeout', message };
  if (code === 'UND_ERR_SOCKET') return { kind: 'connection closed', message };
  if (code === 'UND_ERR_DESTROYED') return { kind: 'interrupted', message: 'its answer was not awaited' };
  return { kind: code, message };
}
