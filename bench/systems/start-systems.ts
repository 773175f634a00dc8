/** Starts the systems that are to be compared. */
import type { SystemName } from '../scenario.ts';
import { type MessengerSystem, startMessenger } from './messenger-system.ts';
import { isPlain, type PlainSystem, startPlainSystem } from './plain-system.ts';

/**
 * One after another, in the order of their names.
 * @param chats 1 for the open stream, more for that many chats
 * @param started gets what ends them again
 */
export async function startSystems(
  names: readonly SystemName[],
  chats: number,
  folder: string,
  started: AsyncDisposableStack,
): Promise<(MessengerSystem | PlainSystem)[]> {
  const systems: (MessengerSystem | PlainSystem)[] = [];
  for (const name of names)
    systems.push(
      isPlain(name)
        ? await startPlainSystem(name, folder, started)
        : await startMessenger({ name, chats, folder }, started),
    );
  return systems;
}
