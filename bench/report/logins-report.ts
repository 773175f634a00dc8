/** The tables of `logins`. */
import { describeScenario, SYSTEMS } from '../scenario.ts';
import { formatCount, formatMs, formatPercent } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderProblems } from './problems-report.ts';
import type { LoginCell, LoginResults, LoginWave } from './results.ts';
import { median, spread } from './statistics.ts';
import { renderSurroundings } from './surroundings-report.ts';

const SENDS = ['system', 'sends', 'messages/s', 'spread', 'p50 ms', 'p99 ms', 'worst p99 ms'];
const WAVES = ['system', 'round', 'logged in', 'half in after s', 'all in after s', 'asked back', 'gave up'];

const NOTES = `In each round the sends are measured alone, then in steps as long as people log in. All of them come at once, and clients
that are asked to come back later wait as long as they are told. A number of the sends is the median of the rounds, or of the
steps; the worst p99 is that of one step. Processor time of sends and logins is not told apart.`;

/** What the tables and the picture say of when it was measured. */
export const DURING = { quiet: 'alone', logins: 'beside logins' } as const;

export function renderLogins({ surroundings, options, cells, waves }: LoginResults): string {
  const [scenario] = cells.map((cell) => describeScenario(cell.scenario));
  return [
    `# ${formatCount(options.logins)} people log in at once, while members send: ${scenario ?? 'nothing measured'}`,
    renderSurroundings(surroundings),
    NOTES,
    renderMarkdownTable(SENDS, groupSends(cells).map(renderSends)),
    renderMarkdownTable(WAVES, waves.map(renderWave)),
    renderFailures(waves),
    renderProblems(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Cells of one system that were measured in the same circumstances. */
export interface Sends {
  readonly system: LoginCell['system'];
  readonly during: keyof typeof DURING;
  readonly cells: readonly LoginCell[];
}

export function groupSends(cells: readonly LoginCell[]): Sends[] {
  const systems = [...new Set(cells.map(({ system }) => system))];
  return systems.flatMap((system) =>
    (['quiet', 'logins'] as const).map((during) => ({
      system,
      during,
      cells: cells.filter((cell) => cell.system === system && cell.during === during),
    })),
  );
}

function renderSends({ system, during, cells }: Sends): string[] {
  const rates = cells.map(({ rate }) => rate);
  const p99s = cells.map(({ p99Ms }) => p99Ms);
  return [
    SYSTEMS[system],
    DURING[during],
    formatCount(median(rates)),
    formatPercent(spread(rates)),
    formatMs(median(cells.map(({ p50Ms }) => p50Ms))),
    formatMs(median(p99s)),
    formatMs(Math.max(...p99s)),
  ];
}

function renderWave({ system, round, loggedIn, halfMs, tookMs, askedBack, failures }: LoginWave): string[] {
  return [
    SYSTEMS[system],
    String(round),
    formatCount(loggedIn),
    formatSeconds(halfMs),
    formatSeconds(tookMs),
    formatCount(sum(askedBack)),
    formatCount(sum(failures)),
  ];
}

function renderFailures(waves: readonly LoginWave[]): string {
  const lines = waves.flatMap(({ system, round, failures }) =>
    Object.entries(failures).map(([why, count]) => `- ${SYSTEMS[system]}, round ${round}: ${count} gave up: ${why}`),
  );
  return lines.length === 0 ? '' : ['## Logins that failed', lines.join('\n')].join('\n\n');
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function formatSeconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
