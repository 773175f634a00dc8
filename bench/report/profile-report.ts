/** The table of `profile`. */
import { describeScenario, SYSTEMS } from '../scenario.ts';
import { formatCount } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderProblems } from './problems-report.ts';
import type { ProfileCell, ProfileResults } from './results.ts';
import { renderSurroundings } from './surroundings-report.ts';

export function renderProfile({ surroundings, options, cells }: ProfileResults): string {
  const rows = listStages(cells).map((stage) => [stage, ...cells.map(({ stages }) => formatUs(stages[stage] ?? 0))]);
  const sums = ['together', ...cells.map(({ cpuUsPerMessage }) => formatCount(cpuUsPerMessage))];
  const rates = ['messages/s', ...cells.map(({ rate }) => formatCount(rate))];
  return [
    `# Where the processor time of a message goes: ${options.systems.map((name) => SYSTEMS[name]).join()}`,
    renderSurroundings(surroundings),
    [
      'In microseconds, for a message. The samples of a load under the profiler divide what a load without it took. A thread',
      'that another one has driven from its processor is sampled too, mostly where it has just woken that other one: in writes',
      'to connections, and in hand-overs.',
    ].join('\n'),
    renderMarkdownTable(['stage', ...cells.map(({ scenario }) => describeScenario(scenario))], [...rows, sums, rates]),
    renderProblems(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** In the order of the first load's stages. */
export function listStages(cells: readonly ProfileCell[]): string[] {
  return [...new Set(cells.flatMap(({ stages }) => Object.keys(stages)))];
}

function formatUs(time: number): string {
  return time.toFixed(1);
}
