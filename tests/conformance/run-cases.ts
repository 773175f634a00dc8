/** Runs the cases of one area on the engines of this test run. */
import { describe, expect, inject, test } from 'vitest';
import { type EngineName, expectedOn } from '../support/known-differences.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { connectEngine } from './connect-engine.ts';

/**
 * @param area as the table in localstack/README.md names it
 * @param engines those that have this area; all but DynamoDB Local by default
 */
export function runCases(area: string, cases: readonly ConformanceCase[], engines?: readonly EngineName[]): void {
  const here = inject('engines');
  const having = here.filter(({ name }) => engines?.includes(name) ?? name !== 'dynamodb-local');
  // A file without a test would fail: an area that no engine here has is skipped.
  const describeArea = having.length > 0 ? describe.each(having) : describe.skip.each(here);
  describeArea(`${area}, $name`, (target) => {
    const engine = connectEngine(target);
    // By `$name` Vitest would cut long names.
    const named = cases.map((each) => [each.name, each] as const);
    test.concurrent.for(named)('%s', async ([, { observe, documented, differences }], { task }) => {
      expect(await observe(engine)).toEqual(expectedOn(target.name, documented, differences, task));
    });
  });
}
