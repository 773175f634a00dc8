/** The picture of `logins`: how fast members send, alone and beside those who log in. */
import { SYSTEMS } from '../scenario.ts';
import { drawBars } from './draw-bars.ts';
import { DURING, groupSends } from './logins-report.ts';
import type { LoginResults } from './results.ts';
import { median } from './statistics.ts';

export function drawLogins({ cells }: LoginResults): string {
  const groups = Map.groupBy(groupSends(cells), ({ system }) => SYSTEMS[system]);
  return drawBars(
    'Messages per second',
    [...groups].map(([title, sends]) => ({
      title,
      bars: sends.map(({ during, cells: own }, series) => ({
        label: DURING[during],
        series,
        value: median(own.map(({ rate }) => rate)),
      })),
    })),
  );
}
