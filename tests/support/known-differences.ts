/** How a test says that an engine is known to behave in another way than AWS. */
import type { TestContext } from 'vitest';

export type EngineName = 'embedded' | 'localstack' | 'ministack' | 'dynamodb-local' | 'aws';

/** A way in which an engine is not as AWS. The test fails as soon as it behaves in any other way, also the right one. */
export interface Difference {
  readonly observed: unknown;
  /** What is different, and why it stays so: one sentence for the table in localstack/README.md. */
  readonly why: string;
}

export type Differences = Partial<Record<EngineName, Difference>>;

declare module 'vitest' {
  export interface TaskMeta {
    /** Why the engine differs in what the test shows, if it does. */
    difference?: string;
  }
}

/**
 * What a test is to expect of an engine: what AWS documents, unless the engine is known to differ, which is then noted in
 * the test's result.
 */
export function expectedOn(
  engine: EngineName,
  documented: unknown,
  differences: Differences | undefined,
  task: TestContext['task'],
): unknown {
  const difference = differences?.[engine];
  if (difference === undefined) return documented;
  task.meta.difference = difference.why;
  return difference.observed;
}
