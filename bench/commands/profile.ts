/** `npm run bench -- profile`: the processor time of a message, stage by stage. */
import { findFreePort } from '../../tests/support/find-free-port.ts';
import { startProgress } from '../../tools/command-line/progress.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { runLoad } from '../load/run-load.ts';
import { warmUp } from '../load/warm-up.ts';
import { measureCell } from '../measure/measure-cell.ts';
import type { BenchOptions } from '../options.ts';
import { EngineProfiler } from '../profile/engine-profiler.ts';
import type { ProfileCell, ProfileResults } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { describeScenario, isMessenger } from '../scenario.ts';
import { startMessenger } from '../systems/messenger-system.ts';

/** @param folder where everything may keep its data */
export async function profile(options: BenchOptions, folder: string, signal: AbortSignal): Promise<ProfileResults> {
  const { systems, connections: counts, keys: kinds, measuredMs } = options;
  const [name, ...others] = systems;
  if (name === undefined || others.length > 0 || !isMessenger(name))
    throw new ToolError(`--systems: got "${systems.join()}"; profile takes managed or lambda`);
  const surroundings = readSurroundings();
  const scenarios = kinds.flatMap((keys) => counts.map((connections) => ({ connections, chats: 1, keys })));
  const cells: ProfileCell[] = [];
  const progress = startProgress('Profiling', scenarios.length);
  await using started = new AsyncDisposableStack();
  try {
    progress.update(0, 'warming up');
    const inspectPort = await findFreePort();
    const system = await startMessenger({ name, job: { kind: 'open-send', chats: 1 }, folder, inspectPort }, started);
    const profiler = started.use(await EngineProfiler.attach(system.processId, inspectPort));
    await warmUp(system, measuredMs, signal);
    for (const scenario of scenarios) {
      progress.update(cells.length, describeScenario(scenario));
      const measurement = await measureCell(system, { ...options, scenario }, signal);
      const load = { url: system.url, job: system.job, ...scenario, warmUpMs: 0, measuredMs };
      const times = await profiler.profile(async () => void (await runLoad(load, signal)));
      cells.push({
        scenario,
        system: name,
        round: 1,
        ...measurement,
        stages: divide(times, measurement.cpuUsPerMessage),
      });
    }
    progress.update(cells.length);
  } finally {
    progress.stop();
  }
  return { command: 'profile', surroundings, options, cells };
}

/** Gives each stage its part of the whole. */
function divide(times: ReadonlyMap<string, number>, whole: number): Record<string, number> {
  const sum = [...times.values()].reduce((total, time) => total + time, 0);
  return Object.fromEntries([...times].map(([stage, time]) => [stage, (time / sum) * whole]));
}
