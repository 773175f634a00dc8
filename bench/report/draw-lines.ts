/** A picture of lines over time: one chart under another, each with a scale of its own from zero. */
import { formatCount } from './format.ts';
import { COLOURS, element, renderSvg, text, WIDTH } from './svg.ts';

export interface Line {
  readonly label: string;
  /** Seconds and a value, in the order of time. */
  readonly points: readonly (readonly [seconds: number, value: number])[];
}

export interface LineChart {
  /** Says what the values are. */
  readonly title: string;
  readonly lines: readonly Line[];
}

const LEFT = 70;
const RIGHT = 20;
const PLOT_HEIGHT = 160;
const CHART_HEIGHT = 250;
/** Room above the greatest value. */
const HEADROOM = 1.1;
const PLOT_TOP = 34;

export function drawLines(title: string, charts: readonly LineChart[]): string {
  const parts = charts.flatMap((chart, index) => drawChart(chart, index * CHART_HEIGHT));
  return renderSvg(charts.length * CHART_HEIGHT, title, parts);
}

function drawChart({ title, lines }: LineChart, chartTop: number): string[] {
  const points = lines.flatMap((line) => line.points);
  const lastSecond = Math.max(1, ...points.map(([seconds]) => seconds));
  const greatest = Math.max(1, ...points.map(([, value]) => value)) * HEADROOM;
  const top = chartTop + PLOT_TOP;
  const bottom = top + PLOT_HEIGHT;
  const xOf = (seconds: number): number => LEFT + (seconds / lastSecond) * (WIDTH - LEFT - RIGHT);
  const yOf = (value: number): number => bottom - (value / greatest) * PLOT_HEIGHT;
  const axis = { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: bottom, y2: bottom };
  return [
    text(0, chartTop + 18, title, { class: 'title' }),
    element('line', axis),
    text(LEFT - 8, bottom, '0', { 'text-anchor': 'end' }),
    text(LEFT - 8, top + 8, formatCount(greatest), { 'text-anchor': 'end' }),
    text(LEFT, bottom + 16, '0 s'),
    text(WIDTH - RIGHT, bottom + 16, `${formatCount(lastSecond)} s`, { 'text-anchor': 'end' }),
    ...lines.flatMap(({ label, points: own }, index) => {
      const stroke = COLOURS[(index * 2) % COLOURS.length]!;
      const path = own.map(([seconds, value]) => `${xOf(seconds).toFixed(1)},${yOf(value).toFixed(1)}`).join(' ');
      return [
        element('polyline', { class: 'line', points: path, stroke }),
        element('rect', { x: LEFT + index * 220, y: bottom + 24, width: 12, height: 4, fill: stroke }),
        text(LEFT + 18 + index * 220, bottom + 32, label),
      ];
    }),
  ];
}
