/** The picture of `soak`: the rate and the memory over time. */
import { SYSTEMS } from '../scenario.ts';
import { drawLines, type Line } from './draw-lines.ts';
import type { SoakCell, SoakResults } from './results.ts';

const BYTES_PER_MB = 1_000_000;

export function drawSoak({ cells }: SoakResults): string {
  return drawLines('Rate and memory over time', [
    { title: 'Messages per second', lines: drawEach(cells, ({ rate }) => rate) },
    {
      title: 'Memory at rest without mapped files, MB',
      lines: drawEach(cells, (cell) => (cell.settledMemoryBytes - cell.mappedFileBytes) / BYTES_PER_MB),
    },
  ]);
}

function drawEach(cells: readonly SoakCell[], read: (cell: SoakCell) => number): Line[] {
  const bySystem = Map.groupBy(cells, ({ system }) => system);
  return [...bySystem].map(([system, own]) => ({
    label: SYSTEMS[system],
    points: own.map((cell) => [cell.afterSeconds, read(cell)] as const),
  }));
}
