/** Measures all systems in all scenarios of one job, in turn. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Progress, startProgress } from '../../tools/command-line/progress.ts';
import type { Job } from '../job.ts';
import { warmUp } from '../load/warm-up.ts';
import type { BenchOptions } from '../options.ts';
import type { Cell, CompareResults, StoreWork } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { describeScenario, type Scenario, SYSTEMS } from '../scenario.ts';
import { startSystems } from '../systems/start-systems.ts';
import type { System } from '../systems/system.ts';
import { countMessengerWork, countPlainWork } from './count-store-work.ts';
import { measureCell } from './measure-cell.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

export interface Comparison {
  readonly command: CompareResults['command'];
  /** For each number of chats. */
  readonly makeJob: (chats: number) => Job;
  /** Makes sure before anything is measured that a system does the job. @throws Error that says what is wrong */
  readonly check: (system: System) => Promise<void>;
}

/** @param folder where everything may keep its data */
export async function compareSystems(
  comparison: Comparison,
  options: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<CompareResults> {
  return new Measuring(comparison, options, folder, signal).run();
}

class Measuring {
  readonly #comparison: Comparison;
  readonly #options: BenchOptions;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  readonly #cells: Cell[] = [];
  readonly #storeWork: StoreWork[] = [];

  constructor(comparison: Comparison, options: BenchOptions, folder: string, signal: AbortSignal) {
    const { chats, keys, connections, systems, rounds } = options;
    this.#comparison = comparison;
    this.#options = options;
    this.#folder = folder;
    this.#signal = signal;
    const cells = chats.length * keys.length * connections.length * systems.length * rounds;
    this.#progress = startProgress('Measuring', cells);
  }

  async run(): Promise<CompareResults> {
    const surroundings = readSurroundings();
    try {
      for (const chats of this.#options.chats) await this.#measureGroup(chats);
    } finally {
      this.#progress.stop();
    }
    return {
      command: this.#comparison.command,
      surroundings,
      options: this.#options,
      cells: this.#cells,
      storeWork: this.#storeWork,
    };
  }

  /** All scenarios of one number of chats: the systems keep what they store. */
  async #measureGroup(chats: number): Promise<void> {
    await using started = new AsyncDisposableStack();
    const folder = path.join(this.#folder, String(chats));
    mkdirSync(folder);
    this.#say('starting the systems');
    const job = this.#comparison.makeJob(chats);
    const systems = await startSystems(this.#options.systems, job, folder, started);
    for (const system of systems) {
      this.#say(`warming up: ${SYSTEMS[system.name]}`);
      await this.#comparison.check(system);
      await warmUp(system, this.#options.measuredMs, this.#signal);
    }

    const scenarios = listScenarios(this.#options, chats);
    for (const scenario of scenarios)
      for (let round = 1; round <= this.#options.rounds; round++)
        for (const system of systems) await this.#measure(system, scenario, round, systems);

    for (const system of systems) {
      this.#say(`counting what the store does: ${SYSTEMS[system.name]}`);
      const work =
        'readWork' in system
          ? await countPlainWork(system, scenarios, this.#signal)
          : await this.#countMessengerWork(system.name, job, scenarios, folder);
      this.#storeWork.push(...work);
    }
  }

  async #measure(system: System, scenario: Scenario, round: number, all: readonly System[]): Promise<void> {
    this.#say(`${describeScenario(scenario)}, round ${round}: ${SYSTEMS[system.name]}`);
    const processIds = all.map(({ processId }) => processId);
    const isIdle = await waitUntilIdle(processIds, this.#signal);
    const measurement = await measureCell(system, { ...this.#options, scenario }, this.#signal);
    const problems = isIdle ? measurement.problems : [...measurement.problems, 'other systems were still at work'];
    this.#cells.push({ scenario, system: system.name, round, ...measurement, problems });
  }

  #countMessengerWork(
    name: 'managed' | 'lambda',
    job: Job,
    scenarios: readonly Scenario[],
    folder: string,
  ): Promise<StoreWork[]> {
    return countMessengerWork(name, job, scenarios, path.join(folder, `${name}-counted`), this.#signal);
  }

  #say(what: string): void {
    this.#progress.update(this.#cells.length, what);
  }
}

function listScenarios({ keys, connections }: BenchOptions, chats: number): Scenario[] {
  return keys.flatMap((kind) => connections.map((count) => ({ connections: count, chats, keys: kind })));
}
