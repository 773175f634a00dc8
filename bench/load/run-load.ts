/** Runs a load in a process of its own. */
import { fileURLToPath } from 'node:url';
import type { LoadOptions, LoadResult } from './generator-process.ts';
import { type LoadObserver, runGenerator } from './run-generator.ts';

const SCRIPT = fileURLToPath(import.meta.resolve('./generator-process.ts'));

/** @throws Error if the signal aborts it, or the generator fails */
export function runLoad(options: LoadOptions, signal: AbortSignal, observer: LoadObserver = {}): Promise<LoadResult> {
  return runGenerator<LoadResult>(SCRIPT, options, signal, observer);
}
