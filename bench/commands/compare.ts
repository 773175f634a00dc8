/** `npm run bench`: all systems in all scenarios, in turn. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Progress, startProgress } from '../../tools/command-line/progress.ts';
import { warmUp } from '../load/warm-up.ts';
import { checkSameJob } from '../measure/check-same-job.ts';
import { countMessengerWork, countPlainWork } from '../measure/count-store-work.ts';
import { measureCell } from '../measure/measure-cell.ts';
import { waitUntilIdle } from '../measure/wait-until-idle.ts';
import type { BenchOptions } from '../options.ts';
import type { Cell, CompareResults, StoreWork } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { describeScenario, type Scenario, SYSTEMS } from '../scenario.ts';
import { startSystems } from '../systems/start-systems.ts';
import type { System } from '../systems/system.ts';

/** @param folder where everything may keep its data */
export async function compare(options: BenchOptions, folder: string, signal: AbortSignal): Promise<CompareResults> {
  return new Comparison(options, folder, signal).run();
}

class Comparison {
  readonly #options: BenchOptions;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  readonly #cells: Cell[] = [];
  readonly #storeWork: StoreWork[] = [];

  constructor(options: BenchOptions, folder: string, signal: AbortSignal) {
    const { chats, keys, connections, systems, rounds } = options;
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
      command: 'compare',
      surroundings,
      options: this.#options,
      cells: this.#cells,
      storeWork: this.#storeWork,
    };
  }

  /** All scenarios of one number of chats: the systems start empty and keep what they store. */
  async #measureGroup(chats: number): Promise<void> {
    await using started = new AsyncDisposableStack();
    const folder = path.join(this.#folder, String(chats));
    mkdirSync(folder);
    this.#say('starting the systems');
    const systems = await startSystems(this.#options.systems, chats, folder, started);
    for (const system of systems) {
      await checkSameJob(system, chats);
      await warmUp(system, chats, this.#options.measuredMs, this.#signal);
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
          : await countMessengerWork(system.name, scenarios, path.join(folder, `${system.name}-counted`), this.#signal);
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

  #say(what: string): void {
    this.#progress.update(this.#cells.length, what);
  }
}

function listScenarios({ keys, connections }: BenchOptions, chats: number): Scenario[] {
  return keys.flatMap((kind) => connections.map((count) => ({ connections: count, chats, keys: kind })));
}
