/** Puts the rounds of each live load together. */
import type { LatencySummary } from '../load/latencies.ts';
import type { LiveCell } from './results.ts';
import { median } from './statistics.ts';

/** Of one load on one system: medians over its rounds, the greatest of all maxima, and sums of what was counted. */
export interface LiveSummary extends Pick<LiveCell, 'system' | 'chats' | 'way' | 'perSecond'> {
  readonly rate: number;
  readonly expected: number;
  readonly lost: number;
  readonly doubled: number;
  readonly delivery: LatencySummary;
  readonly answer: LatencySummary;
  readonly lateness: LatencySummary;
  readonly cpuUsPerMessage: number;
  readonly generatorCpuUsPerMessage: number;
  readonly memoryBytes: number;
}

/** In the order in which they were first measured. */
export function summarizeLive(cells: readonly LiveCell[]): LiveSummary[] {
  const groups = Map.groupBy(cells, ({ system, chats, way, perSecond }) => `${system} ${chats} ${way} ${perSecond}`);
  return [...groups.values()].map(summarize);
}

function summarize(rounds: readonly LiveCell[]): LiveSummary {
  const { system, chats, way, perSecond } = rounds[0]!;
  const medianOf = (read: (cell: LiveCell) => number): number => median(rounds.map(read));
  const sumOf = (read: (cell: LiveCell) => number): number => rounds.reduce((sum, cell) => sum + read(cell), 0);
  const latencyOf = (read: (cell: LiveCell) => LatencySummary): LatencySummary => ({
    count: sumOf((cell) => read(cell).count),
    p50Ms: medianOf((cell) => read(cell).p50Ms),
    p99Ms: medianOf((cell) => read(cell).p99Ms),
    maxMs: Math.max(...rounds.map((cell) => read(cell).maxMs)),
  });
  return {
    system,
    chats,
    way,
    perSecond,
    rate: medianOf(({ rate }) => rate),
    expected: sumOf(({ delivery }) => delivery.expected),
    lost: sumOf(({ delivery }) => delivery.lost),
    doubled: sumOf(({ delivery }) => delivery.doubled),
    delivery: latencyOf(({ delivery }) => delivery.latency),
    answer: latencyOf(({ answer }) => answer),
    lateness: latencyOf(({ lateness }) => lateness),
    cpuUsPerMessage: medianOf(({ cpuUsPerMessage }) => cpuUsPerMessage),
    generatorCpuUsPerMessage: medianOf(({ generatorCpuUsPerMessage }) => generatorCpuUsPerMessage),
    memoryBytes: medianOf(({ memoryBytes }) => memoryBytes),
  };
}
