import { expect, test } from 'vitest';
import { hashPassword, makeUnmatchedRecord, verifyPassword } from './password.ts';

/** Cheaper than what passwords are kept with. */
const CHEAP = { ln: 4, r: 8, p: 1 };

test('a password is verified by its record, and gives the same secret each time', async () => {
  const record = await hashPassword('correct horse', CHEAP);
  const secret = await verifyPassword('correct horse', record);
  expect(secret).toHaveLength(32);
  expect(await verifyPassword('correct horse', record)).toEqual(secret);
});

test('another password is not', async () => {
  const record = await hashPassword('correct horse', CHEAP);
  expect(await verifyPassword('correct horsf', record)).toBeUndefined();
  expect(await verifyPassword('', record)).toBeUndefined();
});

test('a password is the same however its characters are composed', async () => {
  const record = await hashPassword('Zoe\u0308', CHEAP);
  expect(await verifyPassword('Zo\u00eb', record)).toBeDefined();
});

test('the same password has another record each time, and its record holds neither it nor its secret', async () => {
  const [one, other] = await Promise.all([hashPassword('secret', CHEAP), hashPassword('secret', CHEAP)]);
  expect(one).not.toBe(other);
  const secret = await verifyPassword('secret', one);
  expect(one).not.toContain('secret');
  expect(one).not.toContain(secret?.toString('base64').slice(0, 20));
});

test('a record says how it was made, so that a record of any cost can be verified', async () => {
  const record = await hashPassword('secret');
  expect(record).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  expect(await verifyPassword('secret', record)).toBeDefined();
  const dearer = await hashPassword('secret', { ln: 16, r: 8, p: 2 });
  expect(await verifyPassword('secret', dearer)).toBeDefined();
}, 30_000);

test('an unmatched record costs as much as one made today, and no password fits it', async () => {
  const record = makeUnmatchedRecord();
  expect(record.replace(/\$[^$]*\$[^$]*$/, '')).toBe('$scrypt$ln=15,r=8,p=3');
  expect(await verifyPassword('secret', record)).toBeUndefined();
}, 30_000);

test.each([[''], ['$argon2id$v=19$m=65536$c2FsdA$aGFzaA'], ['plain']])(
  'the record %j is refused without being told',
  async (record) => {
    await expect(verifyPassword('secret', record)).rejects.toThrow(
      /^a password record is not one of scrypt in PHC string format$/,
    );
  },
);
