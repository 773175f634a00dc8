/** `npm run bench -- logins`: members send, and in each round many people log in at once while they do. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Progress, startProgress } from '../../tools/command-line/progress.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { warmUp } from '../load/warm-up.ts';
import { measureRound } from '../measure/measure-login-round.ts';
import type { BenchOptions } from '../options.ts';
import { makeGroups } from '../population/make-groups.ts';
import type { LoginCell, LoginResults, LoginWave } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { isMessenger, type Scenario, SYSTEMS } from '../scenario.ts';
import { startMessenger } from '../systems/messenger-system.ts';

/** @param folder where everything may keep its data */
export async function measureLogins(options: BenchOptions, folder: string, signal: AbortSignal): Promise<LoginResults> {
  const surroundings = readSurroundings();
  const scenario = readScenario(options);
  const { systems, rounds, logins, measuredMs } = options;
  const cells: LoginCell[] = [];
  const waves: LoginWave[] = [];
  const progress = startProgress('Logging in', systems.length * rounds * logins);
  try {
    for (const name of systems) {
      if (!isMessenger(name)) throw new ToolError(`--systems: got "${name}"; logins takes managed and lambda`);
      await using started = new AsyncDisposableStack();
      const ownFolder = path.join(folder, name);
      mkdirSync(ownFolder);
      progress.update(waves.length * logins, `starting ${SYSTEMS[name]}`);
      const population = makeGroups(scenario.chats, logins);
      const system = await startMessenger(
        { name, job: { kind: 'member-send', population }, folder: ownFolder },
        started,
      );
      await warmUp(system, measuredMs, signal);
      const userNames = population.users.slice(-logins).map((user) => user.name);
      for (let round = 1; round <= rounds; round++) {
        const onProgress = tellProgress(progress, waves.length * logins, `${SYSTEMS[name]}, round ${round}`);
        const measured = await measureRound({ system, scenario, round, userNames, onProgress }, options, signal);
        cells.push(...measured.cells);
        waves.push(measured.wave);
      }
    }
  } finally {
    progress.stop();
  }
  return { command: 'logins', surroundings, options, cells, waves };
}

function readScenario({ connections: counts, chats: lengths, keys: kinds }: BenchOptions): Scenario {
  const [connections, ...others] = counts;
  if (connections === undefined || others.length > 0)
    throw new ToolError(`--connections: got "${counts.join()}"; logins takes one number`);
  const [[chats = 1], [keys = 'each']] = [lengths, kinds];
  return { connections, chats, keys };
}

function tellProgress(progress: Progress, before: number, round: string): (loggedIn: number, what: string) => void {
  return (loggedIn, what) => progress.update(before + loggedIn, `${round}: ${what}`);
}
