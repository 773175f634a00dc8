/** What live messages should reach, beside what they have reached; nothing is asserted. */
import { WAY_NAMES } from '../load/live/sender.ts';
import { SYSTEMS } from '../scenario.ts';
import { formatCount, formatMegabytes, formatMs } from './format.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import type { LiveResults } from './results.ts';
import { type LiveSummary, summarizeLive } from './summarize-live.ts';

const DELIVERY = { perSecond: 500, p99Ms: 50 };
const GROUP = { members: 256, p99Ms: 200 };
const IDLE = { sockets: 5_000, megabytes: 300 };

/** Empty if none of it was measured. */
export function renderLiveAims({ options, cells, idle }: LiveResults): string {
  const summaries = summarizeLive(cells);
  const pairs = summaries.filter(({ chats, perSecond }) => chats === 'pairs' && perSecond === DELIVERY.perSecond);
  const group = summaries.filter(({ chats }) => chats === 'group' && options.members === GROUP.members);
  const sockets = [...Map.groupBy(idle, ({ system }) => system)].map(([system, rounds]) => {
    const most = Math.max(...rounds.map(({ before, open }) => open.total - before.total));
    return [
      `${formatCount(IDLE.sockets)} idle sockets: less than ${IDLE.megabytes} MB more`,
      `${SYSTEMS[system]}, the most of all rounds`,
      `${formatMegabytes(most)} MB`,
    ];
  });
  const rows = [
    ...renderLatencies(`${DELIVERY.perSecond} messages a second: delivery p99 below ${DELIVERY.p99Ms} ms`, pairs),
    ...renderLatencies(`a group of ${GROUP.members}: delivery p99 below ${GROUP.p99Ms} ms`, group),
    ...(options.sockets === IDLE.sockets ? sockets : []),
  ];
  if (rows.length === 0) return '';
  return ['## Aims', renderMarkdownTable(['aim', 'measured', 'reached'], rows)].join('\n\n');
}

function renderLatencies(aim: string, measured: readonly LiveSummary[]): string[][] {
  return measured.map(({ system, way, delivery }) => {
    const reached = delivery.count === 0 ? 'nothing came' : `${formatMs(delivery.p99Ms)} ms`;
    return [aim, `${SYSTEMS[system]}, by ${WAY_NAMES[way]}`, reached];
  });
}
