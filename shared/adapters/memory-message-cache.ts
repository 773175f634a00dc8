/** A cache in the memory of one execution environment. */
import { LRUCache } from 'lru-cache';
import type { MessageCache } from '../domain/message-cache.ts';

/** In UTF-16 units of the texts that it holds: at most twice as many bytes. */
const MAX_SIZE = 16 * 1024 * 1024;
/** What an edit that failed halfway has left uncertain is uncertain no longer than that. */
const LIFETIME_MS = 60_000;

export class MemoryMessageCache implements MessageCache {
  readonly #entries = new LRUCache<string, string>({
    maxSize: MAX_SIZE,
    sizeCalculation: (value, key) => value.length + key.length,
    ttl: LIFETIME_MS,
  });

  async get(key: string): Promise<string | undefined> {
    return this.#entries.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.#entries.set(key, value);
  }
}
