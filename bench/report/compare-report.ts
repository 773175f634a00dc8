/** The tables of a comparison. */
import { isMessenger, KEYS, type SystemName, SYSTEMS } from '../scenario.ts';
import { COMPARED } from './compared.ts';
import { formatCount, formatMegabytes, formatMs, formatPercent, formatRatio } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderProblems } from './problems-report.ts';
import type { CompareResults } from './results.ts';
import { type CellSummary, findRatio, summarizeCells } from './summarize-cells.ts';
import { renderSurroundings } from './surroundings-report.ts';

export function renderComparison(results: CompareResults): string {
  const { cells, options } = results;
  const summaries = summarizeCells(cells);
  const sections = options.chats.flatMap((chats) =>
    KEYS.flatMap((keys) => {
      const rows = summaries.filter(({ scenario }) => scenario.chats === chats && scenario.keys === keys);
      return rows.length === 0 ? [] : [renderSection(rows, results)];
    }),
  );
  const { title, notes } = COMPARED[results.command];
  return [
    `# ${title}`,
    renderSurroundings(results.surroundings),
    notes,
    ...sections,
    renderStoreWork(results),
    renderProblems(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderSection(rows: readonly CellSummary[], results: CompareResults): string {
  const { describe, unit } = COMPARED[results.command];
  const header = ['connections', 'system', unit, 'spread', 'p50 ms', 'p99 ms', 'CPU µs', 'generator µs', 'MB'];
  const table = renderMarkdownTable(header, rows.map(renderRow));
  const title = `## ${describe(rows[0]!.scenario)}`;
  return [title, table, renderRatios(rows, results)].filter((part) => part !== '').join('\n\n');
}

function renderRow(summary: CellSummary): string[] {
  return [
    String(summary.scenario.connections),
    `${SYSTEMS[summary.system]}${summary.problems.length > 0 ? ' (with errors)' : ''}`,
    formatCount(summary.rate),
    formatPercent(summary.rateSpread),
    formatMs(summary.p50Ms),
    formatMs(summary.p99Ms),
    formatCount(summary.cpuUsPerMessage),
    formatCount(summary.generatorCpuUsPerMessage),
    formatMegabytes(summary.memoryBytes),
  ];
}

function renderRatios(rows: readonly CellSummary[], { cells, options }: CompareResults): string {
  const others = options.systems.filter((name) => !isMessenger(name));
  const own = rows.filter(({ system }) => isMessenger(system));
  if (others.length === 0 || own.length === 0) return '';
  const ratioTo = (row: CellSummary, other: SystemName): string =>
    formatRatio(findRatio(cells, row.scenario, row.system, other));
  const table = renderMarkdownTable(
    ['connections', 'rate as a multiple of', ...others.map((name) => SYSTEMS[name])],
    own.map((row) => [
      String(row.scenario.connections),
      SYSTEMS[row.system],
      ...others.map((other) => ratioTo(row, other)),
    ]),
  );
  return table;
}

function renderStoreWork({ command, storeWork }: CompareResults): string {
  if (storeWork.length === 0) return '';
  const table = renderMarkdownTable(
    ['system', 'connections', 'chats', 'keys', 'reads', 'writes'],
    storeWork.map(({ system, scenario, readsPerMessage, writesPerMessage }) => [
      SYSTEMS[system],
      isMessenger(system) ? String(scenario.connections) : 'any',
      String(scenario.chats),
      scenario.keys,
      readsPerMessage.toFixed(2),
      writesPerMessage.toFixed(2),
    ]),
  );
  const { thing, storeNotes } = COMPARED[command];
  return [`## What the store does for a ${thing}`, storeNotes, table].join('\n\n');
}
