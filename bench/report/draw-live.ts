/** The picture of `live`: half of all deliveries and nearly all of them, for each load. */
import { WAY_NAMES } from '../load/live/sender.ts';
import { SYSTEMS } from '../scenario.ts';
import { drawBars } from './draw-bars.ts';
import { formatCount } from './format.ts';
import type { LiveResults } from './results.ts';
import { summarizeLive } from './summarize-live.ts';

export function drawLive({ cells, options }: LiveResults): string {
  const kinds = { pairs: 'chats of two', group: `group of ${options.members}` };
  return drawBars(
    'Milliseconds until a message has reached a socket',
    summarizeLive(cells).map(({ system, chats, way, perSecond, delivery }) => ({
      title: `${SYSTEMS[system]}, ${kinds[chats]}: ${formatCount(perSecond)} a second by ${WAY_NAMES[way]}`,
      bars: [
        { label: 'half of them', series: 3, value: delivery.p50Ms },
        { label: '99 of 100', series: 2, value: delivery.p99Ms },
      ],
    })),
  );
}
