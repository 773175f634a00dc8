/** What went wrong in any cell of a benchmark. */
import { describeScenario, SYSTEMS } from '../scenario.ts';
import type { Cell } from './results.ts';

/** Empty if nothing went wrong. */
export function renderProblems(cells: readonly Cell[]): string {
  return renderErrors(
    cells.flatMap(({ scenario, system, round, problems }) =>
      problems.map((problem) => `${SYSTEMS[system]}, ${describeScenario(scenario)}, round ${round}: ${problem}`),
    ),
  );
}

/** @param lines where each happened, and what */
export function renderErrors(lines: readonly string[]): string {
  return lines.length === 0 ? '' : ['## Errors', lines.map((line) => `- ${line}`).join('\n')].join('\n\n');
}
