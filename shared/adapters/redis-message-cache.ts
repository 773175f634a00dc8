/** A cache in Redis, which all execution environments share. While Redis is away, every read is a miss. */
import { createClient } from 'redis';
import type { MessageCache } from '../domain/message-cache.ts';

/** What an edit that failed halfway has left uncertain is uncertain no longer than that. */
const LIFETIME_SECONDS = 60;
/** A cache that needs longer than the store is none. */
const TIMEOUT_MS = 200;
const CONNECT_TIMEOUT_MS = 1_000;
const MAX_RECONNECT_PAUSE_MS = 5_000;

export class RedisMessageCache implements MessageCache {
  readonly #client;

  /**
   * Connects in the background, again and again as long as it lives.
   * @param onError is told why Redis is away
   */
  constructor(url: string, onError: (error: unknown) => void) {
    this.#client = createClient({
      url,
      // A command that must wait for a connection is too late for a cache.
      disableOfflineQueue: true,
      commandOptions: { timeout: TIMEOUT_MS },
      socket: {
        connectTimeout: CONNECT_TIMEOUT_MS,
        reconnectStrategy: (retries) => Math.min(2 ** retries * 50, MAX_RECONNECT_PAUSE_MS),
      },
    });
    this.#client.on('error', onError);
    this.#client.connect().catch(onError);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#client.get(key).catch(() => null)) ?? undefined;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#client.set(key, value, { expiration: { type: 'EX', value: LIFETIME_SECONDS } }).catch(() => {});
  }

  close(): void {
    this.#client.destroy();
  }
}
