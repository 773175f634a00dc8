/** Measures what sockets cost that are open and do nothing. */
import { HeldSockets } from '../load/live/hold-sockets.ts';
import type { MessengerSystem } from '../systems/messenger-system.ts';
import type { ProcessMemory } from './process-table.ts';
import { readTreeMemory } from './process-tree.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

export interface IdleMeasurement {
  /** Sockets that were open while memory was read. */
  readonly sockets: number;
  /** Time until all were open. */
  readonly openedMs: number;
  /** Memory of all processes of the system, each time when it had come to rest. */
  readonly before: ProcessMemory;
  readonly open: ProcessMemory;
  /** After all sockets had been closed again. */
  readonly closed: ProcessMemory;
  readonly problems: readonly string[];
}

/** @param tokens a socket is opened for each */
export async function measureIdleSockets(
  system: MessengerSystem,
  tokens: readonly string[],
  signal: AbortSignal,
): Promise<IdleMeasurement> {
  const { processId, outputs } = system;
  const problems: string[] = [];
  const readAtRest = async (when: string): Promise<ProcessMemory> => {
    if (!(await waitUntilIdle([processId], signal))) problems.push(`it did not come to rest ${when}`);
    return readTreeMemory(processId);
  };
  const before = await readAtRest('before sockets were opened');
  const held = await HeldSockets.open({ socketUrl: outputs['SocketUrl']!, tokens }, signal);
  try {
    const { tookMs: openedMs, failures } = held.opened;
    const open = await readAtRest('while sockets were open');
    const sockets = await held.count();
    problems.push(...Object.entries(failures).map(([what, count]) => `${count} times ${what}`));
    if (sockets < held.opened.open) problems.push(`${held.opened.open - sockets} idle sockets were closed`);
    await held[Symbol.asyncDispose]();
    return { sockets, openedMs, before, open, closed: await readAtRest('after sockets had been closed'), problems };
  } finally {
    await held[Symbol.asyncDispose]();
  }
}
