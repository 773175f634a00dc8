/** The message cache that the settings ask for. */
import { MemoryMessageCache } from '../adapters/memory-message-cache.ts';
import { RedisMessageCache } from '../adapters/redis-message-cache.ts';
import type { MessageCache } from '../domain/message-cache.ts';
import { describeError } from './describe-error.ts';
import { logger } from './logger.ts';

/**
 * @param kind `memory`, `redis` or `off`
 * @param redisUrl where Redis is
 * @returns undefined for `off`
 */
export function createMessageCache(kind: string, redisUrl: string | undefined): MessageCache | undefined {
  if (kind === 'off') return undefined;
  if (kind === 'memory') return new MemoryMessageCache();
  if (redisUrl === undefined) throw new Error(`the message cache is "${kind}", but no Redis URL is set`);
  // Its address may hold a password, which errors of the network do not tell.
  return new RedisMessageCache(redisUrl, (error) => logger.warn('Redis is away', { error: describeError(error) }));
}
