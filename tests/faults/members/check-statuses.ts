/** Nothing is answered but what the API promises. */
import type { Violation } from '../check/violation.ts';
import { hasSucceeded, type MemberCall } from './member-record.ts';

/** Who may not, or is no member; a key used before, or somebody who is a member; faults of app, function and gateway. */
const EXPECTED_FAILURES = new Set([403, 404, 409, 502, 503, 504]);

export function* checkStatuses(calls: readonly MemberCall[]): Generator<Violation> {
  for (const call of calls)
    if (call.status !== undefined && !hasSucceeded(call) && !EXPECTED_FAILURES.has(call.status))
      yield { message: `a call was answered with ${call.status}`, calls: [call] };
}
