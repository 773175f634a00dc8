/** `npm run bench`: all systems in all scenarios, in turn. */
import { checkSameJob } from '../measure/check-same-job.ts';
import { type Comparison, compareSystems } from '../measure/compare-systems.ts';
import type { BenchOptions } from '../options.ts';
import type { CompareResults } from '../report/results.ts';

/** @param folder where everything may keep its data */
export function compare(options: BenchOptions, folder: string, signal: AbortSignal): Promise<CompareResults> {
  const comparison: Comparison = {
    command: 'compare',
    makeJob: (chats) => ({ kind: 'open-send', chats }),
    check: checkSameJob,
  };
  return compareSystems(comparison, options, folder, signal);
}
