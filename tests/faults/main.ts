/** `npm run faults`: plays seeds and says which promises did not hold. */
import { type Progress, startProgress } from '../../tools/command-line/progress.ts';
import { EXIT, type ExitCode, runTool } from '../../tools/command-line/run-tool.ts';
import { FAULTS_HELP, type FaultOptions, readFaultOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { describeShrunk, describeViolations, Totals } from './report.ts';
import type { RunResult } from './run-plan.ts';
import { SeedRunner } from './seed-runner.ts';
import { planOf, shrinkPlan } from './seeds.ts';

/** Enough to see whether they have one cause; each takes a minute or more to shrink. */
const MAX_FAILED_SEEDS = 3;
const SEEDS_PER_LINE = 10;

await runTool(async () => {
  const options = readFaultOptions(process.argv.slice(2));
  if (options !== undefined) return playSeeds(options);
  console.log(FAULTS_HELP);
  return EXIT.ok;
});

async function playSeeds(options: FaultOptions): Promise<ExitCode> {
  const startedAt = performance.now();
  const runner = await SeedRunner.start(options.changes);
  const stop = (): void => void runner.stop().then(() => process.exit(EXIT.failed));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const totals = new Totals();
  const play = async (plan: Plan): Promise<RunResult> => {
    const result = await runner.run(plan);
    totals.add(result);
    return result;
  };
  const progress = showProgress(options.seeds.length);
  let failed = 0;
  try {
    for (const [index, seed] of options.seeds.entries()) {
      if (failed === MAX_FAILED_SEEDS) break;
      if (!(await playSeed(seed, options, play))) failed++;
      progress.update(index + 1, `${failed} failed`);
    }
  } finally {
    progress.stop();
    await runner.stop();
  }
  console.log(totals.describe(performance.now() - startedAt));
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

/** A bar on a terminal; in a log, which it would fill with a line every second, now and then a line. */
function showProgress(total: number): Progress {
  if (process.stderr.isTTY) return startProgress('Seeds', total);
  const update = (done: number, note = ''): void => {
    if (done % SEEDS_PER_LINE === 0 || done === total) console.error(`${done} of ${total} seeds, ${note}`);
  };
  return { update, stop: () => {} };
}

/** @returns whether everything held */
async function playSeed(
  seed: number,
  { isReplay, path, tries, shrinkMs }: FaultOptions,
  play: (plan: Plan) => Promise<RunResult>,
): Promise<boolean> {
  const plan = planOf(seed, path);
  const results = [await play(plan)];
  if (!isReplay && results[0]!.violations.length === 0) return true;
  while (results.length < tries + (isReplay ? 0 : 1)) results.push(await play(plan));
  const failures = results.filter(({ violations }) => violations.length > 0);
  const [first] = failures;
  if (first === undefined) return true;
  console.log(`\nseed ${seed} failed (${plan.chat}, ${plan.mode})\n${describeViolations(first.violations)}`);
  const shrunk = shrinkMs === 0 ? undefined : await shrinkPlan(seed, path, play, shrinkMs);
  console.log(describeShrunk(seed, failures.length, results.length, shrunk));
  return false;
}
