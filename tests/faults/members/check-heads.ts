/** In the order of the chat, messages are their senders' as members, and each joins at the chat's `seq` of that moment. */
import type { Violation } from '../check/violation.ts';
import type { SeenHead } from '../head-watch.ts';
import type { StoredGroup } from './stored-group.ts';

export function* checkHeads({ messages }: StoredGroup, seen: readonly SeenHead[]): Generator<Violation> {
  // Between two heads of one epoch and one `seq`, members can only have come.
  const heads = seen.toSorted((a, b) => a.seq - b.seq || a.epoch - b.epoch || a.joined.size - b.joined.size);
  yield* checkSenders(messages, heads);
  yield* checkJoins(heads);
  for (const { seq, sent, joined } of heads)
    for (const member of sent.keys())
      if (!joined.has(member))
        yield { message: `the head at ${seq} counts messages of ${member}, who is not a member`, calls: [] };
}

/** Whoever wrote had read a head before it: so there is one, and none in between is without the sender. */
function* checkSenders(messages: StoredGroup['messages'], heads: readonly SeenHead[]): Generator<Violation> {
  let next = 0;
  let before: SeenHead | undefined;
  for (const { seq, sender } of messages) {
    for (; (heads[next]?.seq ?? Infinity) < seq; next++) before = heads[next];
    if (before?.joined.has(sender) !== true)
      yield { message: `message ${seq} is of ${sender}, who was not a member at ${before?.seq}`, calls: [] };
  }
}

/** Every message before the join was written without the member. */
function* checkJoins(heads: readonly SeenHead[]): Generator<Violation> {
  const absentAt = new Map<string, number>();
  const users = new Set(heads.flatMap(({ joined }) => [...joined.keys()]));
  for (const { seq, joined } of heads)
    for (const user of users) {
      const joinedAt = joined.get(user);
      const absent = absentAt.get(user) ?? 0;
      if (joinedAt === undefined) absentAt.set(user, seq);
      else absentAt.delete(user);
      if (joinedAt !== undefined && joinedAt < absent)
        yield {
          message: `${user} is said to have joined at ${joinedAt}, but was not a member at ${absent}`,
          calls: [],
        };
    }
}
