/** Latencies of a load, counted as they come. */
import { createHistogram } from 'node:perf_hooks';

/** 0 without any. */
export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** A histogram counts whole numbers. */
const UNITS_PER_MS = 1_000;

export class Latencies {
  readonly #histogram = createHistogram();

  record(latencyMs: number): void {
    this.#histogram.record(Math.max(1, Math.round(latencyMs * UNITS_PER_MS)));
  }

  summarize(): LatencySummary {
    const { count, max } = this.#histogram;
    const percentile = (part: number): number => this.#histogram.percentile(part) / UNITS_PER_MS;
    return { count, p50Ms: percentile(50), p99Ms: percentile(99), maxMs: max / UNITS_PER_MS };
  }
}
