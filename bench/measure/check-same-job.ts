/** Makes sure before anything is measured that a system does the job that is compared. */
import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { SendMessageRequest } from '../../shared/contract/open-stream.ts';
import { type Answer, parseAnswer } from '../../tools/answers/parse-answer.ts';
import { listPaths } from '../scenario.ts';
import type { System } from '../systems/system.ts';

const MESSAGES = 12;
const SENDERS = 5;
const KEPT_ROWS = 10;

/**
 * Sends messages to an empty chat, and one of them again with its key.
 * @throws Error that names the system and the answer that is wrong
 */
export async function checkSameJob(system: System): Promise<void> {
  if (system.job.kind !== 'open-send') throw new Error('only members may send');
  const [path = ''] = listPaths(system.job.chats);
  const url = new URL(path, system.url);
  const refuse = (what: string): never => {
    throw new Error(`${system.name} does not do the same job: ${what}`);
  };
  const keys = Array.from({ length: MESSAGES }, () => randomUUID());
  const answers: Answer[] = [];
  for (const [index, key] of keys.entries()) {
    const message = makeMessage(index);
    const answer = parseAnswer((await post(url, message, key)).text);
    if (typeof answer === 'string') return refuse(answer);
    const [id, sender, text, , ordinal] = answer.rows.at(-1)!;
    const wanted = [answer.sentId, message.sender, message.text, Math.floor(index / SENDERS) + 1];
    if (String([id, sender, text, ordinal]) !== String(wanted)) refuse(`got the row ${id}, ${ordinal}`);
    if (answer.rows.length !== Math.min(index + 1, KEPT_ROWS)) refuse(`got ${answer.rows.length} rows`);
    answers.push(answer);
  }
  const repeat = parseAnswer((await post(url, makeMessage(3), keys[3]!)).text);
  if (JSON.stringify(repeat) !== JSON.stringify(answers[3])) refuse('a repeat got another answer');
  const { status } = await post(url, { ...makeMessage(3), text: 'another text' }, keys[3]!);
  if (status !== 409) refuse(`a key with another text got ${status} instead of 409`);
  const after = parseAnswer((await post(url, makeMessage(MESSAGES), randomUUID())).text);
  if (typeof after === 'string' || after.rows.at(-1)![4] !== 3) refuse('a repeat was counted');
}

function makeMessage(index: number): SendMessageRequest {
  return { sender: `checker-${index % SENDERS}`, text: `message ${index} "quoted" \u{1f600}` };
}

async function post(url: URL, message: SendMessageRequest, key: string): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(message),
  });
  return { status: statusCode, text: await body.text() };
}
