/** `npm run bench -- history`: does a long history make sending slower? Two engines in turn, one of them with a history. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startProgress } from '../../tools/command-line/progress.ts';
import { ToolError } from '../../tools/command-line/run-tool.ts';
import { warmUp } from '../load/warm-up.ts';
import { measureCell } from '../measure/measure-cell.ts';
import { waitUntilIdle } from '../measure/wait-until-idle.ts';
import type { BenchOptions } from '../options.ts';
import type { HistoryCell, HistoryResults } from '../report/results.ts';
import { readSurroundings } from '../report/surroundings.ts';
import { describeScenario, isMessenger } from '../scenario.ts';
import { fillHistory } from '../systems/fill-history.ts';
import { type MessengerSystem, startMessenger } from '../systems/messenger-system.ts';

const JOB = { kind: 'open-send', chats: 1 } as const;
const TABLES = ['empty', 'full'] as const;

type Engines = Readonly<Record<(typeof TABLES)[number], MessengerSystem>>;

/** @param folder where everything may keep its data */
export async function measureHistory(
  options: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<HistoryResults> {
  const surroundings = readSurroundings();
  const cells: HistoryCell[] = [];
  for (const name of options.systems) {
    if (!isMessenger(name)) throw new ToolError(`--systems: got "${name}"; history takes managed and lambda`);
    await using started = new AsyncDisposableStack();
    const start = (table: string): Promise<MessengerSystem> => {
      const ownFolder = path.join(folder, `${name}-${table}`);
      mkdirSync(ownFolder);
      return startMessenger({ name, job: JOB, folder: ownFolder }, started);
    };
    const engines = { empty: await start('empty'), full: await start('full') };
    await fill(engines.full, options.messages, signal);
    for (const table of TABLES) await warmUp(engines[table], options.measuredMs, signal);
    cells.push(...(await measureInTurn(engines, options, signal)));
  }
  return { command: 'history', surroundings, options, cells };
}

async function fill(system: MessengerSystem, messages: number, signal: AbortSignal): Promise<void> {
  const progress = startProgress('Filling', messages);
  try {
    await fillHistory(system, messages, (done) => progress.update(done), signal);
  } finally {
    progress.stop();
  }
}

async function measureInTurn(engines: Engines, options: BenchOptions, signal: AbortSignal): Promise<HistoryCell[]> {
  const cells: HistoryCell[] = [];
  const [keys = 'none'] = options.keys;
  const progress = startProgress('Measuring', options.connections.length * options.rounds * TABLES.length);
  try {
    for (const connections of options.connections)
      for (let round = 1; round <= options.rounds; round++)
        for (const table of TABLES) {
          const scenario = { connections, chats: 1, keys };
          progress.update(cells.length, `${describeScenario(scenario)}, round ${round}: ${table} table`);
          await waitUntilIdle(
            TABLES.map((name) => engines[name].processId),
            signal,
          );
          const measurement = await measureCell(engines[table], { ...options, scenario }, signal);
          cells.push({ scenario, system: engines[table].name, round, table, ...measurement });
        }
    progress.update(cells.length);
  } finally {
    progress.stop();
  }
  return cells;
}
