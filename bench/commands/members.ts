/** `npm run bench -- members`: members send, each in a session; all systems in turn. */
import { checkMemberSend } from '../measure/check-member-send.ts';
import { type Comparison, compareSystems } from '../measure/compare-systems.ts';
import type { BenchOptions } from '../options.ts';
import { makeGroups } from '../population/make-groups.ts';
import type { CompareResults } from '../report/results.ts';

/** @param folder where everything may keep its data */
export function compareMembers(options: BenchOptions, folder: string, signal: AbortSignal): Promise<CompareResults> {
  const comparison: Comparison = {
    command: 'members',
    makeJob: (chats) => ({ kind: 'member-send', population: makeGroups(chats) }),
    check: checkMemberSend,
  };
  return compareSystems(comparison, options, folder, signal);
}
