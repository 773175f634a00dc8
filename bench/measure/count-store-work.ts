/** What the stores do for each message, found out by loads that are not timed. */
import { runLoad } from '../load/run-load.ts';
import type { StoreWork } from '../report/results.ts';
import type { Job } from '../job.ts';
import type { Scenario } from '../scenario.ts';
import type { PlainSystem } from '../systems/plain-system.ts';
import type { System } from '../systems/system.ts';
import { startCountedMessenger } from './count-store-requests.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

const LOAD = { warmUpMs: 0, measuredMs: 1_000 };

/** Reads and writes so far. */
interface Work {
  readonly reads: number;
  readonly writes: number;
}

/** Requests of the functions to DynamoDB. @param folder where an engine may keep its data */
export async function countMessengerWork(
  name: 'managed' | 'lambda',
  job: Job,
  scenarios: readonly Scenario[],
  folder: string,
  signal: AbortSignal,
): Promise<StoreWork[]> {
  await using started = new AsyncDisposableStack();
  const messenger = await startCountedMessenger(name, job, folder, started);
  const counted: StoreWork[] = [];
  for (const scenario of scenarios) {
    // What an environment reads once is not what it reads for each message.
    if (counted.length === 0) await runLoad({ url: messenger.url, job, ...scenario, ...LOAD }, signal);
    const work = await countWork(messenger, process.pid, scenario, async () => messenger.count(), signal);
    counted.push({ scenario, system: name, ...work });
  }
  return counted;
}

/** Rows of PostgreSQL: no matter how many connections there are. */
export async function countPlainWork(
  system: PlainSystem,
  scenarios: readonly Scenario[],
  signal: AbortSignal,
): Promise<StoreWork[]> {
  const counted: StoreWork[] = [];
  for (const [scenario] of Map.groupBy(scenarios, ({ keys }) => keys).values()) {
    if (scenario === undefined) continue;
    const work = await countWork(system, system.processId, scenario, () => system.readWork(), signal);
    counted.push({ scenario, system: system.name, ...work });
  }
  return counted;
}

/** @param processId what must have come to rest before the work is read */
async function countWork(
  { url, job }: Pick<System, 'url' | 'job'>,
  processId: number,
  scenario: Scenario,
  readWork: () => Promise<Work>,
  signal: AbortSignal,
): Promise<Pick<StoreWork, 'readsPerMessage' | 'writesPerMessage'>> {
  await waitUntilIdle([processId], signal);
  const before = await readWork();
  const { acknowledged } = await runLoad({ url, job, ...scenario, ...LOAD }, signal);
  await waitUntilIdle([processId], signal);
  const after = await readWork();
  const divisor = Math.max(acknowledged, 1);
  return {
    readsPerMessage: (after.reads - before.reads) / divisor,
    writesPerMessage: (after.writes - before.writes) / divisor,
  };
}
