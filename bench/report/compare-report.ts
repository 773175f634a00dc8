/** The tables of a comparison. */
import { isMessenger, KEYS, type SystemName, SYSTEMS } from '../scenario.ts';
import { formatCount, formatMegabytes, formatMs, formatPercent, formatRatio } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderProblems } from './problems-report.ts';
import type { CompareResults } from './results.ts';
import { type CellSummary, findRatio, summarizeCells } from './summarize-cells.ts';
import { renderSurroundings } from './surroundings-report.ts';

const HEADER = ['connections', 'system', 'messages/s', 'spread', 'p50 ms', 'p99 ms', 'CPU µs', 'generator µs', 'MB'];

const NOTES = `The systems are measured one after another in each round; a number is the median of the rounds, the spread goes from the
slowest to the fastest round. CPU µs is the processor time of all processes of a system for one message, MB their memory;
the generator, which runs on the same machine, counts on its own. Each system starts empty for each number of chats and
keeps what it stores.

The plain server is Fastify with PostgreSQL behind it, reached by a Unix socket. A send is one call of one SQL function, or a
transaction of single statements from Node.js. With async commit (\`synchronous_commit = off\`) a message outlives the
process, not the power, as with the messenger's store on this machine: these rows have the same durability. With sync commit
it outlives the power too. It does less than the messenger: its ids come from an identity column, which may leave gaps,
and a message may become visible after one with a greater id.`;

const STORE_NOTES = `Counted in passes of their own that are not timed. For the messenger: requests of its functions to DynamoDB, which may carry
many messages or items each. For the plain server: rows of its tables.`;

export function renderComparison(results: CompareResults): string {
  const { cells, options } = results;
  const summaries = summarizeCells(cells);
  const sections = options.chats.flatMap((chats) =>
    KEYS.flatMap((keys) => {
      const rows = summaries.filter(({ scenario }) => scenario.chats === chats && scenario.keys === keys);
      return rows.length === 0 ? [] : [renderSection(rows, results)];
    }),
  );
  return [
    '# The messenger beside a plain server',
    renderSurroundings(results.surroundings),
    NOTES,
    ...sections,
    renderStoreWork(results),
    renderProblems(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderSection(rows: readonly CellSummary[], results: CompareResults): string {
  const { chats, keys } = rows[0]!.scenario;
  const title = `${chats === 1 ? 'One chat' : `${chats} chats`}, ${keys === 'none' ? 'no keys' : 'an idempotency key with each message'}`;
  const table = renderMarkdownTable(HEADER, rows.map(renderRow));
  return [`## ${title}`, table, renderRatios(rows, results)].filter((part) => part !== '').join('\n\n');
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

function renderStoreWork({ storeWork }: CompareResults): string {
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
  return ['## What the store does for a message', STORE_NOTES, table].join('\n\n');
}
