/** Tries again what a head has refused because it had moved on. */
import { HeadMovedError, StoreUnavailableError } from './errors.ts';

const MAX_ROUNDS = 20;
/** What pauses grow by; their length is left to chance, so that rivals do not meet again. */
const PAUSE_MS = 10;

/**
 * @param attempt reads the head anew, and raises HeadMovedError if its write is refused
 * @throws StoreUnavailableError if others were faster each time; whatever else `attempt` raises
 */
export async function retryMoved<T>(attempt: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof HeadMovedError)) throw error;
      if (round === MAX_ROUNDS)
        throw new StoreUnavailableError(`the chat was too busy: refused ${round} times`, { cause: error });
      if (round > 1) await new Promise((resolve) => void setTimeout(resolve, Math.random() * round * PAUSE_MS));
    }
  }
}
