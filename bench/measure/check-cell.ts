/** Compares what a system holds after a load with what it has acknowledged. */

export interface CellCounts {
  /** Answers 2xx. */
  readonly acknowledged: number;
  /** Messages that it holds now and did not hold before. */
  readonly stored: number;
  /** Requests that ended otherwise, by what happened. */
  readonly failures: Readonly<Record<string, number>>;
  /** Requests that had no answer yet when it was counted. */
  readonly underWay: number;
}

/** What is wrong with a load that asks for what is there, if anything is. */
export function checkList({ acknowledged, stored, failures }: CellCounts): string[] {
  const problems = describeFailures(failures);
  if (stored !== 0) problems.push(`${stored} messages are stored that nobody sent`);
  if (acknowledged === 0) problems.push('no list was answered');
  return problems;
}

/** What is wrong with a load that sends, if anything is. What was under way when the load ended, or failed, may be stored or not. */
export function checkCell({ acknowledged, stored, failures, underWay }: CellCounts): string[] {
  const problems = describeFailures(failures);
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const most = acknowledged + failed + underWay;
  if (stored < acknowledged) problems.push(`${acknowledged} messages were acknowledged, ${stored} are stored`);
  if (stored > most) problems.push(`${stored} messages are stored, ${most} at most were sent`);
  if (acknowledged === 0) problems.push('no message was acknowledged');
  return problems;
}

function describeFailures(failures: CellCounts['failures']): string[] {
  return Object.entries(failures).map(([what, count]) => `${count} times ${what}`);
}
