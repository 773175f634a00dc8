/** A picture of bars: groups of bars under titles, all on one scale. */
import { formatCount } from './format.ts';
import { COLOURS, element, renderSvg, text, WIDTH } from './svg.ts';

export interface Bar {
  readonly label: string;
  /** Which of the colours. */
  readonly series: number;
  readonly value: number;
}

export interface BarGroup {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const LABEL_WIDTH = 210;
const VALUE_WIDTH = 70;
const BAR_HEIGHT = 16;
const BAR_STEP = 20;
const TITLE_HEIGHT = 30;
const HEADING_HEIGHT = 30;

/** @param title says what the bars count */
export function drawBars(title: string, groups: readonly BarGroup[]): string {
  const greatest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / greatest;
  const parts = [text(0, 18, title, { class: 'title' })];
  let top = HEADING_HEIGHT;
  for (const group of groups) {
    parts.push(text(0, top + 20, group.title, { class: 'title' }));
    top += TITLE_HEIGHT;
    for (const { label, series, value } of group.bars) {
      const width = Number.isFinite(value) ? value * scale : 0;
      const colour = COLOURS[series % COLOURS.length]!;
      const middle = top + 12;
      parts.push(
        text(LABEL_WIDTH - 8, middle, label, { 'text-anchor': 'end' }),
        element('rect', { x: LABEL_WIDTH, y: top, width, height: BAR_HEIGHT, rx: 2, fill: colour }),
        text(LABEL_WIDTH + width + 6, middle, formatCount(value), { class: 'small' }),
      );
      top += BAR_STEP;
    }
  }
  return renderSvg(top + 10, title, parts);
}
