/** Runs a load in a process of its own. */
import { fileURLToPath } from 'node:url';
import { Child } from '../systems/child-process.ts';
import type { LoadOptions, LoadReport, LoadResult } from './generator-process.ts';

export interface LoadObserver {
  /** The warm-up is over; what is measured begins. */
  onMeasuring?(): void;
  /** What is measured is over; the load still goes on for a moment. */
  onMeasured?(): void;
}

const SCRIPT = fileURLToPath(import.meta.resolve('./generator-process.ts'));

/** @throws Error if the signal aborts it, or the generator fails */
export async function runLoad(
  options: LoadOptions,
  signal: AbortSignal,
  observer: LoadObserver = {},
): Promise<LoadResult> {
  signal.throwIfAborted();
  const child = new Child(SCRIPT);
  child.send(options);
  const abort = (): void => void child.end();
  signal.addEventListener('abort', abort);
  try {
    for (;;) {
      const report = await child.receive<LoadReport>();
      if (report === 'measuring') observer.onMeasuring?.();
      else if (report === 'measured') observer.onMeasured?.();
      else return report;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    await child.end();
  }
}
