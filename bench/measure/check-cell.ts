/** Compares what a system holds after a load with what it has acknowledged. */

export interface CellCounts {
  /** Answers 2xx. */
  readonly acknowledged: number;
  /** Messages that it holds now and did not hold before. */
  readonly stored: number;
  /** Requests that ended otherwise, by what happened. */
  readonly failures: Readonly<Record<string, number>>;
  readonly connections: number;
}

/** What is wrong, if anything is. What was under way when the load ended, or failed, may be stored or not. */
export function checkCell({ acknowledged, stored, failures, connections }: CellCounts): string[] {
  const problems = Object.entries(failures).map(([what, count]) => `${count} times ${what}`);
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const most = acknowledged + failed + connections;
  if (stored < acknowledged) problems.push(`${acknowledged} messages were acknowledged, ${stored} are stored`);
  if (stored > most) problems.push(`${stored} messages are stored, ${most} at most were sent`);
  if (acknowledged === 0) problems.push('no message was acknowledged');
  return problems;
}
