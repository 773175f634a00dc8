/** Numbers as they stand in tables. */

/** A whole number with separators: 12,345. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Milliseconds, finer the fewer they are. */
export function formatMs(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

export function formatMegabytes(bytes: number): string {
  return formatCount(bytes / 1_000_000);
}

export function formatPercent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

/** How many times as much. */
export function formatRatio(ratio: number | undefined): string {
  return ratio === undefined ? '' : ratio.toFixed(2);
}
