/** What a test run has shown of the engines: which tests passed, and where an engine is known to differ. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface ConformanceResult {
  /** What the test is about: `SQS: FIFO`. */
  readonly area: string;
  /** The engine it ran on: `localstack`. */
  readonly engine: string;
  readonly test: string;
  readonly passed: boolean;
  /** Why the engine is known not to do as AWS does. */
  readonly difference?: string;
}

/** Where `npm run conformance` leaves the results, a file for each engine. */
export const RESULTS_FOLDER = path.resolve(import.meta.dirname, '../../../.engines/results');

export function readResults(): ConformanceResult[] {
  return globSync('*.json', { cwd: RESULTS_FOLDER })
    .toSorted()
    .flatMap((file): ConformanceResult[] => JSON.parse(readFileSync(path.join(RESULTS_FOLDER, file), 'utf8')));
}
