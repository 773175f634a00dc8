/** Ids have no gaps, and the head counts what each member has sent since joining. */
import type { Violation } from '../check/violation.ts';
import type { StoredGroup } from './stored-group.ts';

export function* checkNumbers({ head, messages }: StoredGroup): Generator<Violation> {
  const gap = messages.findIndex(({ seq }, index) => seq !== index + 1);
  if (gap !== -1) yield { message: `message ${gap + 1} is numbered ${messages[gap]?.seq}`, calls: [] };
  if (messages.length !== head.seq)
    yield { message: `seq is ${head.seq}, ${messages.length} messages are stored`, calls: [] };
  const joined = head.membership?.joined ?? new Map<string, number>();
  for (const [member, count] of head.sent) {
    const real = messages.filter(({ seq, sender }) => sender === member && seq > (joined.get(member) ?? 0)).length;
    if (count !== real)
      yield { message: `the head counts ${count} of ${member} since joining, ${real} are stored`, calls: [] };
  }
}
