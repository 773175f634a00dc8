/** The app keeps its promises under the faults of fifty seeds; more: npm run faults -- --seeds 1000. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeViolations } from './report.ts';
import { SeedRunner } from './seed-runner.ts';
import { planOf } from './seeds.ts';

let runner: SeedRunner;
beforeAll(async () => {
  runner = await SeedRunner.start();
});
afterAll(() => runner.stop());

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);

test.each(SEEDS)('every promise holds under the faults of seed %i', async (seed) => {
  const { violations } = await runner.run(planOf(seed));
  expect(describeViolations(violations), `again: npm run faults -- --seed ${seed}`).toBe('');
});
