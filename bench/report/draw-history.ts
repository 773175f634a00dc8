/** The picture of `history`: with and without a history, side by side. */
import { SYSTEMS } from '../scenario.ts';
import { drawBars } from './draw-bars.ts';
import { formatCount } from './format.ts';
import type { HistoryResults } from './results.ts';
import { median } from './statistics.ts';

export function drawHistory({ cells, options }: HistoryResults): string {
  const groups = Map.groupBy(
    cells,
    ({ system, scenario }) => `${SYSTEMS[system]}, ${scenario.connections} connections`,
  );
  return drawBars(
    'Messages per second',
    [...groups].map(([title, group]) => ({
      title,
      bars: [
        { label: 'empty table', series: 0, value: rateOn(group, 'empty') },
        { label: `${formatCount(options.messages)} messages`, series: 1, value: rateOn(group, 'full') },
      ],
    })),
  );
}

function rateOn(cells: HistoryResults['cells'], table: string): number {
  return median(cells.filter((cell) => cell.table === table).map(({ rate }) => rate));
}
