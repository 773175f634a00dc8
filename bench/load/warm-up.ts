/** A load before the first measurement, after which a server is as warm as one that runs for long. */
import type { System } from '../systems/system.ts';
import { runLoad } from './run-load.ts';

/** Servers compile what they do for a message while they do it, and another kind of load makes them compile anew. */
const LOADS = [
  { connections: 20, keys: 'each' },
  { connections: 100, keys: 'none' },
] as const;
const NOBODY = { onMeasuring: () => {}, onMeasured: () => {} };

/**
 * @param chats how many the system serves
 * @param durationMs of each of two kinds of load
 */
export async function warmUp(system: System, chats: number, durationMs: number, signal: AbortSignal): Promise<void> {
  for (const load of LOADS)
    await runLoad(
      { url: system.url, scenario: { ...load, chats }, warmUpMs: 0, measuredMs: durationMs },
      NOBODY,
      signal,
    );
  await system.tidy();
}
