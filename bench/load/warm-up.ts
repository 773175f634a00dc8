/** A load before the first measurement, after which a server is as warm as one that runs for long. */
import type { System } from '../systems/system.ts';
import { runLoad } from './run-load.ts';

/** With so many, what a server does for a message has been compiled after a moment. */
const CONNECTIONS = 20;
const NOBODY = { onMeasuring: () => {}, onMeasured: () => {} };

/** @param chats how many the system serves */
export async function warmUp(system: System, chats: number, durationMs: number, signal: AbortSignal): Promise<void> {
  const scenario = { connections: CONNECTIONS, chats, keys: 'each' } as const;
  await runLoad({ url: system.url, scenario, warmUpMs: 0, measuredMs: durationMs }, NOBODY, signal);
  await system.tidy();
}
