/** Session tokens: which user's which session, and the secret that opens it. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

export interface SessionToken {
  readonly userId: string;
  readonly sessionId: string;
  /** 16 random bytes. */
  readonly secret: Buffer;
}

const PART_BYTES = 16;
const FAMILY_BYTES = PART_BYTES / 2;
/** Three parts of 16 bytes; 64 characters hold them exactly, so that a token is written in one way only. */
const TOKEN = /^[\w-]{64}$/;

/** As clients have it: 64 characters of base64url. */
export function encodeToken({ userId, sessionId, secret }: SessionToken): string {
  return Buffer.concat([parse(userId), parse(sessionId), secret]).toString('base64url');
}

/** What a token says; undefined if it is malformed. Only the secret's hash, where it is kept, tells whether it is true. */
export function decodeToken(token: string): SessionToken | undefined {
  if (!TOKEN.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  try {
    const userId = stringify(bytes);
    const sessionId = stringify(bytes, PART_BYTES);
    return { userId, sessionId, secret: bytes.subarray(2 * PART_BYTES) };
  } catch {
    return undefined;
  }
}

export function newSecret(): Buffer {
  return randomBytes(PART_BYTES);
}

/**
 * A refresh secret that takes the place of another: its first half stays the same for the whole session, so that whoever
 * presents a spent one can be told from whoever makes one up.
 */
export function renewSecret(secret: Buffer): Buffer {
  return Buffer.concat([familyOf(secret), randomBytes(PART_BYTES - FAMILY_BYTES)]);
}

/** What all refresh secrets of a session have in common, and nothing else has. */
export function familyOf(secret: Buffer): Buffer {
  return secret.subarray(0, FAMILY_BYTES);
}

/**
 * A secret that only somebody who knows the password can have, and always the same one for the same session.
 * @param passwordSecret what verifyPassword returned
 */
export function deriveSecret(passwordSecret: Buffer, purpose: 'access' | 'refresh', sessionId: string): Buffer {
  return createHmac('sha256', passwordSecret).update(`${purpose} ${sessionId}`).digest().subarray(0, PART_BYTES);
}

/** As a secret is kept: SHA-256 is enough for one that is random. */
export function hashSecret(secret: Buffer): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Takes the same time wherever they differ. */
export function matchesHash(secret: Buffer, hash: string): boolean {
  const kept = Buffer.from(hash, 'base64url');
  const presented = createHash('sha256').update(secret).digest();
  return kept.length === presented.length && timingSafeEqual(kept, presented);
}
