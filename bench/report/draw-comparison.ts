/** The picture of a comparison: a group of bars for each scenario, a bar for each system. */
import { describeScenario, SYSTEM_NAMES, SYSTEMS } from '../scenario.ts';
import { COMPARED } from './compared.ts';
import { drawBars } from './draw-bars.ts';
import type { CompareResults } from './results.ts';
import { summarizeCells } from './summarize-cells.ts';

export function drawComparison({ command, cells }: CompareResults): string {
  const { title, read } = COMPARED[command].bars;
  const groups = Map.groupBy(summarizeCells(cells), ({ scenario }) => describeScenario(scenario));
  return drawBars(
    title,
    [...groups].map(([scenario, summaries]) => ({
      title: scenario,
      bars: summaries.map((summary) => ({
        label: SYSTEMS[summary.system],
        series: SYSTEM_NAMES.indexOf(summary.system),
        value: read(summary),
      })),
    })),
  );
}
