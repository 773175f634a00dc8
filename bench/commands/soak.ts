/** `npm run bench -- soak`: a long load in steps, with the rate and the memory of each. */
import { startProgress } from '../../tools/command-line/progress.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { measureCell } from '../measure/measure-cell.ts';
import { readTreeMemory } from '../measure/process-tree.ts';
import { waitUntilIdle } from '../measure/wait-until-idle.ts';
import type { BenchOptions } from '../options.ts';
import type { SoakCell, SoakResults } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { SYSTEMS } from '../scenario.ts';
import { startSystems } from '../systems/start-systems.ts';

/** @param folder where everything may keep its data */
export async function soak(options: BenchOptions, folder: string, signal: AbortSignal): Promise<SoakResults> {
  const surroundings = readSurroundings();
  const [connections, ...others] = options.connections;
  if (connections === undefined || others.length > 0)
    throw new ToolError(`--connections: got "${options.connections.join()}"; soak takes one number`);
  const [keys = 'none'] = options.keys;
  const scenario = { connections, chats: 1, keys };
  const { measuredMs } = options;
  const steps = Math.max(1, Math.round((options.minutes * 60_000) / measuredMs));
  const progress = startProgress('Soaking', steps * options.systems.length);
  const cells: SoakCell[] = [];
  try {
    for (const name of options.systems) {
      await using started = new AsyncDisposableStack();
      for (const system of await startSystems([name], { kind: 'open-send', chats: 1 }, folder, started))
        for (let step = 1; step <= steps; step++) {
          progress.update(cells.length, SYSTEMS[name]);
          const measurement = await measureCell(system, { scenario, warmUpMs: 0, measuredMs }, signal);
          await waitUntilIdle([system.processId], signal);
          const settled = readTreeMemory(system.processId);
          cells.push({
            scenario,
            system: name,
            round: step,
            ...measurement,
            afterSeconds: (step * measuredMs) / 1_000,
            settledMemoryBytes: settled.total,
            mappedFileBytes: settled.mappedFiles,
          });
        }
    }
    progress.update(cells.length);
  } finally {
    progress.stop();
  }
  return { command: 'soak', surroundings, options, cells };
}
