/** `npm run bench -- live`: how soon messages reach open sockets, in chats of two and in a group; and what sockets cost. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Progress, startProgress } from '../../tools/command-line/progress.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import type { LiveLoadOptions } from '../load/live/live-load.ts';
import { runLiveLoad } from '../load/live/run-live-load.ts';
import { type Way, WAYS } from '../load/live/sender.ts';
import { checkOpenFiles } from '../measure/check-open-files.ts';
import { measureIdleSockets } from '../measure/measure-idle-sockets.ts';
import { measureLiveCell } from '../measure/measure-live-cell.ts';
import { waitUntilIdle } from '../measure/wait-until-idle.ts';
import type { BenchOptions } from '../options.ts';
import { makeLargeGroup } from '../population/make-large-group.ts';
import { makePairs } from '../population/make-pairs.ts';
import { makeUsers, type Population } from '../population/population.ts';
import type { IdleCell, LiveCell, LiveResults } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { isMessenger, SYSTEMS } from '../scenario.ts';
import { type MessengerSystem, startMessenger } from '../systems/messenger-system.ts';

/** Messages a second in the group: each of them is as many frames as it has members. */
const GROUP_RATE = 20;

/** @param folder where everything may keep its data */
export async function measureLive(options: BenchOptions, folder: string, signal: AbortSignal): Promise<LiveResults> {
  const surroundings = readSurroundings();
  const [chats = 500] = options.chats;
  checkOpenFiles(Math.max(options.sockets, 2 * chats));
  const measured = await new Measuring(options, folder, signal).run(chats);
  return { command: 'live', surroundings, options, ...measured };
}

/** A load that is measured in each round. */
interface Load {
  readonly way: Way;
  readonly perSecond: number;
  readonly measuredMs: number;
}

class Measuring {
  readonly #options: BenchOptions;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  readonly #cells: LiveCell[] = [];
  readonly #idle: IdleCell[] = [];

  constructor(options: BenchOptions, folder: string, signal: AbortSignal) {
    const { systems, rounds, rates } = options;
    this.#options = options;
    this.#folder = folder;
    this.#signal = signal;
    this.#progress = startProgress('Measuring', systems.length * rounds * (rates.length * WAYS.length + 2));
  }

  async run(chats: number): Promise<Pick<LiveResults, 'cells' | 'idle'>> {
    const { systems, rates, minutes, members, measuredMs } = this.#options;
    const pairs = rates.flatMap((perSecond) => WAYS.map((way) => ({ way, perSecond, measuredMs })));
    const group: Load = { way: 'http', perSecond: GROUP_RATE, measuredMs: minutes * 60_000 };
    try {
      for (const name of systems) {
        if (!isMessenger(name)) throw new ToolError(`--systems: got "${name}"; live takes managed and lambda`);
        await this.#measureLoads(name, 'pairs', makePairs(chats), pairs);
        await this.#measureLoads(name, 'group', makeLargeGroup(members), [group]);
        await this.#measureIdle(name);
      }
      this.#say('');
    } finally {
      this.#progress.stop();
    }
    return { cells: this.#cells, idle: this.#idle };
  }

  async #measureLoads(
    name: MessengerSystem['name'],
    chats: LiveCell['chats'],
    population: Population,
    loads: readonly Load[],
  ): Promise<void> {
    await using started = new AsyncDisposableStack();
    const system = await this.#start(name, chats, population, started);
    const complete = (load: Load): LiveLoadOptions => {
      const [[keys = 'each'], { warmUpMs }] = [this.#options.keys, this.#options];
      return { url: system.url, socketUrl: system.outputs['SocketUrl']!, population, keys, warmUpMs, ...load };
    };
    for (const way of new Set(loads.map((load) => load.way))) {
      this.#say(`warming up: ${SYSTEMS[name]}, ${chats}`);
      // The last one is the fastest.
      const load = loads.findLast((each) => each.way === way);
      await runLiveLoad({ ...complete(load!), warmUpMs: 0, measuredMs: this.#options.measuredMs }, this.#signal);
    }
    for (let round = 1; round <= this.#options.rounds; round++)
      for (const load of loads) {
        const { way, perSecond } = load;
        this.#say(`${SYSTEMS[name]}, round ${round}: ${chats}, by ${way}, ${perSecond} messages a second`);
        await waitUntilIdle([system.processId], this.#signal);
        const measurement = await measureLiveCell(system, complete(load), this.#signal);
        this.#cells.push({ system: name, round, chats, way, perSecond, ...measurement });
      }
  }

  async #measureIdle(name: MessengerSystem['name']): Promise<void> {
    await using started = new AsyncDisposableStack();
    const { rounds, sockets } = this.#options;
    const users = makeUsers(sockets);
    const system = await this.#start(name, 'idle', { users, chats: [] }, started);
    const tokens = users.map(({ token }) => token);
    for (let round = 1; round <= rounds; round++) {
      this.#say(`${SYSTEMS[name]}, round ${round}: ${sockets} idle sockets`);
      const measurement = await measureIdleSockets(system, tokens, this.#signal);
      this.#idle.push({ system: name, round, ...measurement });
    }
  }

  #start(
    name: MessengerSystem['name'],
    what: string,
    population: Population,
    started: AsyncDisposableStack,
  ): Promise<MessengerSystem> {
    this.#say(`starting ${SYSTEMS[name]}: ${what}`);
    const folder = path.join(this.#folder, `${name}-${what}`);
    mkdirSync(folder);
    return startMessenger({ name, job: { kind: 'member-send', population }, folder }, started);
  }

  #say(what: string): void {
    this.#progress.update(this.#cells.length + this.#idle.length, what);
  }
}
