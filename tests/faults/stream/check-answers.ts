/** Every answer is one that the API promises, and a 200 says what the store holds. */
import type { MessageRow, SendMessageAnswer } from '../../../shared/contract/open-stream.ts';
import { KEPT_MESSAGES, type NumberedMessage } from '../../../shared/domain/chat-head.ts';
import { rowsOf } from '../../support/open-stream-client.ts';
import type { Violation } from '../check/violation.ts';
import type { StoredStream } from './stored-stream.ts';
import type { StreamCall } from './stream-clients.ts';

/** Beside 200: a key used for another text; faults of the app, of the function, of the gateway's time-out. */
const EXPECTED_FAILURES = new Set([409, 502, 503, 504]);

export function* checkAnswers({ messages }: StoredStream, calls: readonly StreamCall[]): Generator<Violation> {
  for (const call of calls) {
    if (call.answer !== undefined) yield* checkAnswer(call, call.answer, messages);
    else if (call.status !== undefined && !EXPECTED_FAILURES.has(call.status))
      yield { message: `a call was answered with ${call.status}`, calls: [call] };
  }
}

function* checkAnswer(
  call: StreamCall,
  answer: SendMessageAnswer,
  messages: readonly NumberedMessage[],
): Generator<Violation> {
  const [id] = answer.Message_sent;
  const stored = messages[id - 1];
  if (stored?.text !== call.text || stored.sender !== call.sender)
    return yield {
      message: `message ${id} was acknowledged and is lost: ${stored === undefined ? 'there is none' : 'it is another one'}`,
      calls: [call],
    };
  const expected = messages.slice(Math.max(0, id - KEPT_MESSAGES), id).map(toRow);
  const rows = rowsOf(answer);
  const wrong = expected.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(rows[index]));
  if (wrong === -1 && rows.length === expected.length) return;
  const difference =
    wrong === -1 ? `${rows.length} rows` : `${showRow(rows[wrong])}, the store has ${showRow(expected[wrong])}`;
  yield { message: `the answer with id ${id} is not what the store held: ${difference}`, calls: [call] };
}

function toRow({ seq, sender, text, createdAt, ordinal }: NumberedMessage): MessageRow {
  return [seq, sender, text, new Date(createdAt).toISOString(), ordinal];
}

function showRow(row: MessageRow | undefined): string {
  return row === undefined ? 'none' : JSON.stringify(row).slice(0, 80);
}
