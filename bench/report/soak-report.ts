/** The table of `soak`. */
import { SYSTEMS } from '../scenario.ts';
import { formatCount, formatMegabytes, formatMs } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderProblems } from './problems-report.ts';
import type { SoakResults } from './results.ts';
import { renderSurroundings } from './surroundings-report.ts';

const HEADER = [
  'system',
  'after s',
  'messages/s',
  'p50 ms',
  'p99 ms',
  'CPU µs',
  'MB at work',
  'MB at rest',
  'of it files',
];

export function renderSoak({ surroundings, options, cells }: SoakResults): string {
  const rows = cells.map((cell) => [
    SYSTEMS[cell.system],
    String(cell.afterSeconds),
    formatCount(cell.rate),
    formatMs(cell.p50Ms),
    formatMs(cell.p99Ms),
    formatCount(cell.cpuUsPerMessage),
    formatMegabytes(cell.memoryBytes),
    formatMegabytes(cell.settledMemoryBytes),
    formatMegabytes(cell.mappedFileBytes),
  ]);
  return [
    `# ${options.minutes} minutes of load from ${options.connections.join()} connections`,
    renderSurroundings(surroundings),
    'The load comes in steps. Memory at rest is read when a step is over and the processes have nothing left to do. Part of it are files that LevelDB has mapped, whose pages the system drops when it needs memory.',
    renderMarkdownTable(HEADER, rows),
    renderProblems(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
