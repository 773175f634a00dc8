/** Puts the rounds of each cell together. */
import { describeScenario, type Scenario, type SystemName } from '../scenario.ts';
import type { Cell } from './results.ts';
import { median, spread } from './statistics.ts';

/** Medians over the rounds of one system in one scenario. */
export interface CellSummary {
  readonly scenario: Scenario;
  readonly system: SystemName;
  readonly rate: number;
  /** Of the rate, from the slowest to the fastest round, as a part of the median. */
  readonly rateSpread: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuUsPerMessage: number;
  readonly generatorCpuUsPerMessage: number;
  readonly memoryBytes: number;
  readonly problems: readonly string[];
}

/** One for each scenario and system, in the order in which they were first measured. */
export function summarizeCells(cells: readonly Cell[]): CellSummary[] {
  const groups = Map.groupBy(cells, ({ scenario, system }) => `${describeScenario(scenario)}: ${system}`);
  return [...groups.values()].map(summarize);
}

function summarize(rounds: readonly Cell[]): CellSummary {
  const [{ scenario, system }] = [rounds[0]!];
  const medianOf = (read: (cell: Cell) => number): number => median(rounds.map(read));
  return {
    scenario,
    system,
    rate: medianOf(({ rate }) => rate),
    rateSpread: spread(rounds.map(({ rate }) => rate)),
    p50Ms: medianOf(({ p50Ms }) => p50Ms),
    p99Ms: medianOf(({ p99Ms }) => p99Ms),
    cpuUsPerMessage: medianOf(({ cpuUsPerMessage }) => cpuUsPerMessage),
    generatorCpuUsPerMessage: medianOf(({ generatorCpuUsPerMessage }) => generatorCpuUsPerMessage),
    memoryBytes: medianOf(({ memoryBytes }) => memoryBytes),
    problems: rounds.flatMap(({ problems }) => problems),
  };
}

/**
 * How many times as fast one system was as another in a scenario: the median of the rounds' ratios, because the two
 * were measured one after the other in each round. Undefined unless both were measured.
 */
export function findRatio(
  cells: readonly Cell[],
  scenario: Scenario,
  system: SystemName,
  other: SystemName,
): number | undefined {
  const select = (name: SystemName): Cell[] =>
    cells.filter((cell) => cell.system === name && describeScenario(cell.scenario) === describeScenario(scenario));
  const others = new Map(select(other).map(({ round, rate }) => [round, rate]));
  const ratios = select(system).flatMap(({ round, rate }) => {
    const otherRate = others.get(round);
    return otherRate === undefined ? [] : [rate / otherRate];
  });
  return ratios.length === 0 ? undefined : median(ratios);
}
