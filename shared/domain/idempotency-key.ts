/** Short hashes that stand for a client's idempotency key and for the text it was used with. */
import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 over the parts, as 22 base64url characters; the parts cannot run into each other. */
export function hashParts(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');
}

/**
 * What a client's key stands for: the same key on another surface, in another chat or from another sender is another key.
 * @param index place of a message among those that were sent with one key
 */
export function hashIdempotencyKey(surface: string, chatId: string, sender: string, key: string, index = 0): string {
  return hashParts([surface, chatId, sender, key, ...(index === 0 ? [] : [String(index)])]);
}

/** Tells whether a repeat carries the text that its key was first used with. */
export function hashText(text: string): string {
  return hashParts([text]);
}
