/** What live messages have measured, for tests. */
import type { LatencySummary } from '../../load/latencies.ts';
import type { DeliverySummary } from '../../load/live/deliveries.ts';
import type { IdleCell, LiveCell } from '../results.ts';

const LATENCY: LatencySummary = { count: 10_000, p50Ms: 8.5, p99Ms: 30, maxMs: 50 };
const DELIVERY = { expected: 10_000, lost: 0, doubled: 0, strayed: 0 };

/** A cell in which all went well; what matters to a test is given. */
export function makeLiveCell(
  values: Partial<LiveCell>,
  latency: Partial<LatencySummary> = {},
  counts: Partial<DeliverySummary> = {},
): LiveCell {
  return {
    system: 'managed',
    round: 1,
    chats: 'pairs',
    way: 'http',
    perSecond: 500,
    rate: 499,
    messages: 10_000,
    answer: { ...LATENCY, p50Ms: 9.5 },
    delivery: { ...DELIVERY, latency: { ...LATENCY, ...latency }, ...counts },
    lateness: { ...LATENCY, p50Ms: 0.5, p99Ms: 1 },
    cpuUsPerMessage: 3_000,
    generatorCpuUsPerMessage: 200,
    memoryBytes: 400_000_000,
    problems: [],
    ...values,
  };
}

export function makeIdleCell(values: Partial<IdleCell>): IdleCell {
  return {
    system: 'managed',
    round: 1,
    sockets: 5_000,
    openedMs: 20_000,
    before: { total: 200_000_000, mappedFiles: 10_000_000 },
    open: { total: 450_000_000, mappedFiles: 15_000_000 },
    closed: { total: 300_000_000, mappedFiles: 15_000_000 },
    problems: [],
    ...values,
  };
}
