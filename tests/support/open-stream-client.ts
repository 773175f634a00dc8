/** The open stream as its clients see it. */
import { request } from 'undici';
import type { MessageRow, SendMessageAnswer } from '../../shared/contract/open-stream.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** Any request, with exactly these headers and bytes. */
export async function call(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body: string | Buffer | null = null,
  signal?: AbortSignal,
): Promise<Answer> {
  const answer = await request(url, { method, headers, body, ...(signal !== undefined && { signal }) });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

/** @param signal breaks the request off */
export function postMessage(baseUrl: string, message: object, key?: string, signal?: AbortSignal): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', ...(key !== undefined && { 'Idempotency-Key': key }) };
  return call(`${baseUrl}/send_message/`, 'POST', headers, JSON.stringify(message), signal);
}

/** @throws Error unless the answer is 200 */
export async function sendMessage(
  baseUrl: string,
  sender: string,
  text: string,
  key?: string,
): Promise<SendMessageAnswer> {
  const { status, text: body } = await postMessage(baseUrl, { sender, text }, key);
  if (status !== 200) throw new Error(`POST /send_message/ answered ${status}: ${body}`);
  return JSON.parse(body);
}

/** The rows "0", "1", ... of an answer, in the order in which they stand in it. */
export function rowsOf(answer: SendMessageAnswer): MessageRow[] {
  const { Message_sent: _, ...rows } = answer;
  return Object.values(rows);
}

export function lastRowOf(answer: SendMessageAnswer): MessageRow {
  return rowsOf(answer).at(-1)!;
}
