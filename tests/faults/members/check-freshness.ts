/** Whoever looks sees every message that was acknowledged, or shown to anybody, before. */
import type { Violation } from '../check/violation.ts';
import type { MemberRecord } from './member-record.ts';
import { greatestBefore, type Told } from './told.ts';

export function* checkFreshness({ sends, lists, shows }: MemberRecord): Generator<Violation> {
  const acknowledged: Told[] = sends.flatMap((call) =>
    call.answer === undefined ? [] : [{ value: Number(call.answer.message_id), call }],
  );
  const looks: Told[] = [
    ...lists.flatMap((call) => (call.chat ? [{ value: call.chat.last_message?.seq ?? 0, call }] : [])),
    ...shows.flatMap((call) => (call.details === undefined ? [] : [{ value: call.details.seq, call }])),
  ];
  const earlier = [...acknowledged, ...looks];
  for (const { value, call } of looks) {
    const before = greatestBefore(earlier, call);
    if (before !== undefined && value < before.value)
      yield {
        message: `the chat was seen at ${value} after it had been at ${before.value}`,
        calls: [before.call, call],
      };
  }
}
