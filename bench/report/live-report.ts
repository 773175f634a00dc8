/** The tables of `live`. */
import type { LatencySummary } from '../load/latencies.ts';
import { WAY_NAMES } from '../load/live/sender.ts';
import { SYSTEMS } from '../scenario.ts';
import { formatCount, formatMegabytes, formatMs, formatShare } from './format.ts';
import { renderLiveAims } from './live-aims.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import { renderErrors } from './problems-report.ts';
import type { IdleCell, LiveResults } from './results.ts';
import { type LiveSummary, summarizeLive } from './summarize-live.ts';
import { renderSurroundings } from './surroundings-report.ts';

const NOTES = `Messages are sent when they are due, whether or not others have been answered, and all times count from then: the
generator's own lateness is in them, as is what waits where more is sent than can be taken. Delivery is the time until the
message's frame has come to a socket of somebody else in the chat; the answer is that of HTTP, or the ack of the sender's own
socket. Everybody has one socket. A number is the median of the rounds, a maximum that of all of them; lost and doubled are
frames of acknowledged messages, of all rounds. CPU µs is the processor time of all processes of the system for one message,
to whomever it goes; MB their memory; the generator, which runs on the same machine, counts on its own.`;

const IDLE_NOTES = `Each round opens a socket for each of so many people and closes it again. Memory is read when the processes have nothing
left to do; part of it are files that LevelDB has mapped.`;

const LOADS = [
  'system',
  'sent by',
  'sent/s',
  'acknowledged/s',
  'delivered',
  'lost',
  'doubled',
  ...['delivery', 'answer'].flatMap((what) => [`${what} p50 ms`, 'p99', 'max']),
  'late p99 ms',
  'CPU µs',
  'generator µs',
  'MB',
];
const IDLE = [
  'system',
  'round',
  'sockets',
  'open after s',
  'MB before',
  'MB open',
  'MB more',
  'KB a socket',
  'files, MB more',
  'MB closed',
];

export function renderLive(results: LiveResults): string {
  const { surroundings, options, cells, idle } = results;
  const summaries = summarizeLive(cells);
  const [chats = 0] = options.chats;
  return [
    '# Messages that reach open sockets',
    renderSurroundings(surroundings),
    NOTES,
    renderLoads(
      `${formatCount(chats)} chats of two people`,
      summaries.filter((summary) => summary.chats === 'pairs'),
    ),
    renderLoads(
      `A group of ${options.members}`,
      summaries.filter((summary) => summary.chats === 'group'),
    ),
    [`## ${formatCount(options.sockets)} sockets that do nothing`, IDLE_NOTES].join('\n\n'),
    renderMarkdownTable(IDLE, idle.map(renderIdle)),
    renderLiveAims(results),
    renderErrors([
      ...cells.flatMap(({ system, round, chats: kind, way, perSecond, problems }) =>
        problems.map((problem) => `${SYSTEMS[system]}, ${kind}, ${way}, ${perSecond}/s, round ${round}: ${problem}`),
      ),
      ...idle.flatMap(({ system, round, problems }) =>
        problems.map((problem) => `${SYSTEMS[system]}, idle sockets, round ${round}: ${problem}`),
      ),
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderLoads(title: string, summaries: readonly LiveSummary[]): string {
  const rows = summaries.map((summary) => [
    SYSTEMS[summary.system],
    WAY_NAMES[summary.way],
    formatCount(summary.perSecond),
    formatCount(summary.rate),
    summary.expected === 0 ? '' : formatShare(1 - summary.lost / summary.expected),
    formatCount(summary.lost),
    formatCount(summary.doubled),
    ...renderLatency(summary.delivery),
    ...renderLatency(summary.answer),
    formatMs(summary.lateness.p99Ms),
    formatCount(summary.cpuUsPerMessage),
    formatCount(summary.generatorCpuUsPerMessage),
    formatMegabytes(summary.memoryBytes),
  ]);
  return [`## ${title}`, renderMarkdownTable(LOADS, rows)].join('\n\n');
}

/** Empty where nothing came. */
function renderLatency({ count, p50Ms, p99Ms, maxMs }: LatencySummary): string[] {
  return [p50Ms, p99Ms, maxMs].map((value) => (count === 0 ? '' : formatMs(value)));
}

function renderIdle({ system, round, sockets, openedMs, before, open, closed }: IdleCell): string[] {
  const more = open.total - before.total;
  return [
    SYSTEMS[system],
    String(round),
    formatCount(sockets),
    (openedMs / 1_000).toFixed(1),
    formatMegabytes(before.total),
    formatMegabytes(open.total),
    formatMegabytes(more),
    (more / 1_000 / Math.max(1, sockets)).toFixed(1),
    formatMegabytes(open.mappedFiles - before.mappedFiles),
    formatMegabytes(closed.total),
  ];
}
