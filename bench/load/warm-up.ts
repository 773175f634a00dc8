/** A load before the first measurement, after which a server is as warm as one that runs for long. */
import type { System } from '../systems/system.ts';
import { runLoad } from './run-load.ts';

/** Servers compile what they do for a message while they do it, and another kind of load makes them compile anew. */
const LOADS = [
  { connections: 20, keys: 'each' },
  { connections: 100, keys: 'none' },
] as const;

/**
 * @param measuredMs of each cell after it; each of two kinds of load takes twice as long
 */
export async function warmUp(system: System, measuredMs: number, signal: AbortSignal): Promise<void> {
  const { url, job } = system;
  for (const load of LOADS) await runLoad({ url, job, ...load, warmUpMs: 0, measuredMs: 2 * measuredMs }, signal);
  await system.tidy();
}
