/** The picture of `profile`: the stages of a message in each load. */
import { describeScenario } from '../scenario.ts';
import { drawBars } from './draw-bars.ts';
import type { ProfileResults } from './results.ts';

export function drawProfile({ cells }: ProfileResults): string {
  return drawBars(
    'Microseconds of processor time for a message',
    cells.map(({ scenario, stages }) => ({
      title: describeScenario(scenario),
      bars: Object.entries(stages).map(([label, value]) => ({ label, series: 0, value })),
    })),
  );
}
