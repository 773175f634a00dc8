/** Waits until a chat has come to rest. */
import { setTimeout as delay } from 'node:timers/promises';
import { ChatStores } from './chat-stores.ts';
import type { EngineHost } from './engine-host.ts';

const POLL_MS = 20;
/** Signals come again after a second, and a paused or killed store is back after three. */
const PUBLISH_LIMIT_MS = 12_000;
const EMPTY_LIMIT_MS = 5_000;

/**
 * Resolves with what was published when that is everything, or when no more can be expected.
 * @throws Error if the store stays away
 */
export function waitUntilPublished(host: EngineHost, chatId: string): Promise<{ seq: number; published: number }> {
  const read = () => ChatStores.use(host, (stores) => stores.readProgress(chatId));
  return poll(PUBLISH_LIMIT_MS, read, ({ seq, published }) => published >= seq);
}

/** Whether every signal was handled within some seconds. */
export function waitUntilQueueIsEmpty(host: EngineHost): Promise<boolean> {
  const read = (): Promise<boolean> => ChatStores.use(host, (stores) => stores.isQueueEmpty());
  return poll(EMPTY_LIMIT_MS, read, (isEmpty) => isEmpty);
}

/** The last value that was read. @throws the last error if none could be read */
async function poll<T>(limitMs: number, read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + limitMs;
  let last: { value: T } | { error: unknown };
  do {
    try {
      const value = await read();
      if (isDone(value)) return value;
      last = { value };
    } catch (error) {
      // A store that is being started again, as long as it does not stay away.
      last = { error };
    }
    await delay(POLL_MS);
  } while (Date.now() < deadline);
  if ('error' in last) throw new Error('the stores cannot be read any more', { cause: last.error });
  return last.value;
}
