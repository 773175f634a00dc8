/** Starts the systems that are to be compared. */
import type { Job } from '../job.ts';
import type { SystemName } from '../scenario.ts';
import { type MessengerSystem, startMessenger } from './messenger-system.ts';
import { isPlain, type PlainSystem, startPlainSystem } from './plain-system.ts';

/**
 * One after another, in the order of their names.
 * @param started gets what ends them again
 */
export async function startSystems(
  names: readonly SystemName[],
  job: Job,
  folder: string,
  started: AsyncDisposableStack,
): Promise<(MessengerSystem | PlainSystem)[]> {
  const systems: (MessengerSystem | PlainSystem)[] = [];
  for (const name of names)
    systems.push(
      isPlain(name)
        ? await startPlainSystem(name, job, folder, started)
        : await startMessenger({ name, job, folder }, started),
    );
  return systems;
}
