/** The table of `history`. */
import { SYSTEMS } from '../scenario.ts';
import { formatCount, formatMs, formatPercent } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderProblems } from './problems-report.ts';
import type { HistoryResults } from './results.ts';
import { median, spread } from './statistics.ts';
import { renderSurroundings } from './surroundings-report.ts';

const HEADER = ['system', 'connections', 'table', 'messages/s', 'spread', 'p50 ms', 'p99 ms', 'CPU µs'];

export function renderHistory({ surroundings, options, cells }: HistoryResults): string {
  const groups = Map.groupBy(cells, ({ system, scenario, table }) => `${system} ${scenario.connections} ${table}`);
  const rows = [...groups.values()].map((rounds) => {
    const { system, scenario, table } = rounds[0]!;
    const rates = rounds.map(({ rate }) => rate);
    return [
      SYSTEMS[system],
      String(scenario.connections),
      table === 'empty' ? 'empty' : `${formatCount(options.messages)} messages`,
      formatCount(median(rates)),
      formatPercent(spread(rates)),
      formatMs(median(rounds.map(({ p50Ms }) => p50Ms))),
      formatMs(median(rounds.map(({ p99Ms }) => p99Ms))),
      formatCount(median(rounds.map(({ cpuUsPerMessage }) => cpuUsPerMessage))),
    ];
  });
  return [
    '# Sending with a long history',
    renderSurroundings(surroundings),
    'Two engines in turn: one begins with an empty table, the other with a history that the messenger has written itself.',
    renderMarkdownTable(HEADER, rows),
    renderProblems(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
