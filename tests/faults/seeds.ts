/** From a seed to its plan, and from a plan that fails to a smaller one that fails too. */
import fc from 'fast-check';
import type { Plan } from './plan.ts';
import { planArbitrary } from './plan-arbitrary.ts';
import type { RunResult } from './run-plan.ts';

/**
 * The plan of a seed: always the same.
 * @param path leads to a smaller one that shrinkPlan has found
 */
export function planOf(seed: number, path = ''): Plan {
  return fc.sample(planArbitrary, { seed, path, numRuns: 1, unbiased: true })[0]!;
}

export interface Shrunk {
  readonly plan: Plan;
  readonly path: string;
  readonly result: RunResult;
  /** How many plans were tried on the way. */
  readonly plans: number;
}

/**
 * Looks for a smaller plan that fails too. Processes never do quite the same twice, so each plan has two chances.
 * @returns undefined if not even the seed's own plan failed again
 */
export async function shrinkPlan(
  seed: number,
  path: string,
  play: (plan: Plan) => Promise<RunResult>,
  limitMs: number,
): Promise<Shrunk | undefined> {
  const deadline = Date.now() + limitMs;
  let smallest: { plan: Plan; result: RunResult } | undefined;
  let plans = 0;
  const fails = async (plan: Plan): Promise<boolean> => {
    // Whatever is left when the time is over counts as holding, and the search ends.
    if (Date.now() > deadline) return false;
    plans++;
    for (let chance = 0; chance < 2; chance++) {
      const result = await play(plan);
      if (result.violations.length === 0) continue;
      smallest = { plan, result };
      return true;
    }
    return false;
  };
  const property = fc.asyncProperty(planArbitrary, async (plan) => !(await fails(plan)));
  const found = await fc.check(property, { seed, path, numRuns: 1, unbiased: true });
  return smallest && { ...smallest, plans, path: found.counterexamplePath ?? '' };
}
