/** A promise that did not hold in a run. */
import type { Call } from '../record.ts';

export interface Violation {
  /** What is wrong, in one sentence with ids. */
  readonly message: string;
  readonly calls: readonly Call[];
}
