import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { decodeToken, deriveSecret, encodeToken, hashSecret, matchesHash, newSecret } from './session-token.ts';

const token = { userId: randomUUID(), sessionId: v7(), secret: newSecret() };

test('a token is 64 characters of base64url, and says what it was made of', () => {
  const encoded = encodeToken(token);
  expect(encoded).toMatch(/^[A-Za-z0-9_-]{64}$/);
  expect(decodeToken(encoded)).toEqual(token);
});

test('whatever is decoded is encoded to the same characters', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uint8Array({ minLength: 48, maxLength: 48 })), (input) => {
      const text = typeof input === 'string' ? input : Buffer.from(input).toString('base64url');
      const decoded = decodeToken(text);
      expect(decoded === undefined || encodeToken(decoded) === text).toBe(true);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['a token cut short', encodeToken(token).slice(0, -1)],
  ['a longer one', `${encodeToken(token)}A`],
  ['one with a line break', `${encodeToken(token)}\n`],
  ['one in base64', encodeToken(token).replace(/.$/, '+')],
  ['one of other ids', Buffer.alloc(48, 7).toString('base64url')],
])('%s is no token', (_, text) => {
  expect(decodeToken(text)).toBeUndefined();
});

test('a secret matches its own hash only', () => {
  const hash = hashSecret(token.secret);
  expect(matchesHash(token.secret, hash)).toBe(true);
  expect(matchesHash(newSecret(), hash)).toBe(false);
  expect(matchesHash(token.secret, '')).toBe(false);
});

test('derived secrets differ by password, purpose and session, and by nothing else', () => {
  const [one, other] = [randomBytes(32), randomBytes(32)];
  const { sessionId } = token;
  const derived = [
    deriveSecret(one, 'access', sessionId),
    deriveSecret(other, 'access', sessionId),
    deriveSecret(one, 'refresh', sessionId),
    deriveSecret(one, 'access', v7()),
  ];
  expect(new Set(derived.map((secret) => secret.toString('hex'))).size).toBe(4);
  expect(deriveSecret(one, 'access', sessionId)).toEqual(derived[0]);
  expect(derived[0]).toHaveLength(16);
});
