/** Numbers as they stand in tables. */

/** A whole number with separators: 12,345. */
export function formatCount(value: number): string {
  // Without -0.
  return (Math.round(value) + 0).toLocaleString('en-US');
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

/** A part near the whole, which is only said of the whole itself. */
export function formatShare(part: number): string {
  return part === 1 ? '100 %' : `${(Math.floor(part * 100_000) / 1_000).toFixed(3)} %`;
}

/** How many times as much. */
export function formatRatio(ratio: number | undefined): string {
  return ratio === undefined ? '' : ratio.toFixed(2);
}
