/** The picture of a comparison: a group of bars for each scenario, a bar for each system. */
import { describeScenario, SYSTEM_NAMES, SYSTEMS } from '../scenario.ts';
import { drawBars } from './draw-bars.ts';
import type { CompareResults } from './results.ts';
import { summarizeCells } from './summarize-cells.ts';

export function drawComparison({ cells }: CompareResults): string {
  const groups = Map.groupBy(summarizeCells(cells), ({ scenario }) => describeScenario(scenario));
  return drawBars(
    'Messages per second',
    [...groups].map(([title, summaries]) => ({
      title,
      bars: summaries.map(({ system, rate }) => ({
        label: SYSTEMS[system],
        series: SYSTEM_NAMES.indexOf(system),
        value: rate,
      })),
    })),
  );
}
