/** Measures what those who send get, first alone, then beside many who log in at once. */
import { logInAll } from '../load/log-in-all.ts';
import type { BenchOptions } from '../options.ts';
import type { LoginCell, LoginWave } from '../report/results.ts';
import type { Scenario } from '../scenario.ts';
import type { MessengerSystem } from '../systems/messenger-system.ts';
import { PASSWORD } from '../systems/populate-messenger.ts';
import { measureCell } from './measure-cell.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

export interface LoginRound {
  readonly system: MessengerSystem;
  /** Of those who send. */
  readonly scenario: Scenario;
  readonly round: number;
  /** Of those who log in. */
  readonly userNames: readonly string[];
  readonly onProgress: (loggedIn: number, what: string) => void;
}

/** One cell while it is quiet, then as many as it takes until everybody is in. */
export async function measureRound(
  { system, scenario, round, userNames, onProgress }: LoginRound,
  times: Pick<BenchOptions, 'warmUpMs' | 'measuredMs'>,
  signal: AbortSignal,
): Promise<{ cells: LoginCell[]; wave: LoginWave }> {
  const { name } = system;
  const measure = async (underWay: number): Promise<Omit<LoginCell, 'during'>> => {
    const measurement = await measureCell(system, { ...times, scenario, underWay }, signal);
    return { scenario, system: name, round, ...measurement };
  };
  onProgress(0, 'sends alone');
  await waitUntilIdle([system.processId], signal);
  const cells: LoginCell[] = [{ ...(await measure(0)), during: 'quiet' }];

  const over = new AbortController();
  const measureUntilOver = async (): Promise<void> => {
    while (!over.signal.aborted || cells.length === 1) {
      // While passwords are hashed nothing comes to rest between two loads.
      const cell = await measure(scenario.connections);
      // One that has outlasted the logins tells of neither, unless there is no other.
      cells.push({ ...cell, during: over.signal.aborted && cells.length > 1 ? 'ending' : 'logins' });
    }
  };
  const stop = new AbortController();
  try {
    const logins = logInAll(system.url, userNames, PASSWORD, AbortSignal.any([signal, stop.signal]), (loggedIn) =>
      onProgress(loggedIn, 'sends beside logins'),
    );
    const [outcome] = await Promise.all([logins.finally(() => over.abort()), measureUntilOver()]);
    return { cells, wave: { system: name, round, ...outcome } };
  } finally {
    stop.abort();
  }
}
