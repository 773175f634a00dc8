/** What was acknowledged stands under the number that its sender was told. */
import { showText } from '../record.ts';
import type { Violation } from '../check/violation.ts';
import type { MessageCall } from './member-record.ts';
import type { StoredGroup } from './stored-group.ts';

export function* checkAcknowledged({ messages }: StoredGroup, sends: readonly MessageCall[]): Generator<Violation> {
  for (const call of sends) {
    if (call.answer === undefined) continue;
    const stored = messages[Number(call.answer.message_id) - 1];
    if (stored?.text === call.text && stored.sender === call.sender) continue;
    const found = stored === undefined ? 'there is none' : `it is ${showText(stored.text)} of ${stored.sender}`;
    yield { message: `message ${call.answer.message_id} was acknowledged and is lost: ${found}`, calls: [call] };
  }
}
