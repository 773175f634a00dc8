/** Runs a load of live messages in a process of its own. */
import { fileURLToPath } from 'node:url';
import { type LoadObserver, runGenerator } from '../run-generator.ts';
import type { LiveLoadOptions, LiveLoadResult } from './live-load.ts';

const SCRIPT = fileURLToPath(import.meta.resolve('./live-process.ts'));

/** @throws Error if the signal aborts it, or the generator fails */
export function runLiveLoad(
  options: LiveLoadOptions,
  signal: AbortSignal,
  observer: LoadObserver = {},
): Promise<LiveLoadResult> {
  return runGenerator<LiveLoadResult>(SCRIPT, options, signal, observer);
}
