/** Registration on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAccounts } from '../../tests/support/account-ports.ts';
import { ConflictError, IdempotencyKeyReusedError, TooManyRequestsError } from '../../shared/domain/errors.ts';
import { type Registration, registerUser } from './register-user.ts';

const connect = await openAccounts();
const ports = connect();

const profile = {
  name: 'Ann',
  surname: 'Lee',
  birthday: '1990-01-01T00:00:00Z',
  sex: 'f',
  city: 'York',
  interests: '',
};

function registrationOf(changes: Partial<Registration> = {}): Registration {
  return {
    userName: `ann ${randomUUID()}`,
    password: 'correct horse',
    key: undefined,
    sourceAddress: '203.0.113.7',
    ...changes,
  };
}

const outcome = (registering: Promise<string>): Promise<unknown> => registering.catch((error: unknown) => error);

describe('registration', { timeout: 60_000 }, () => {
  test('of one name, twenty times at once in four environments, is made once', async () => {
    const environments = Array.from({ length: 4 }, () => connect());
    const { userName } = registrationOf();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        outcome(
          registerUser(
            environments[index % 4]!,
            registrationOf({ userName: index % 2 === 0 ? userName : userName.toUpperCase(), password: `${index}` }),
          ),
        ),
      ),
    );
    expect(outcomes.filter((each) => each instanceof ConflictError)).toHaveLength(19);
    expect(outcomes.filter((each) => typeof each === 'string')).toEqual([
      (await ports.accounts.read(userName))?.userId,
    ]);
  });

  test('keeps nothing of the password but its record', async () => {
    const registration = registrationOf({ password: 'very secret', key: 'key', profile });
    await registerUser(ports, registration);
    const account = await ports.accounts.read(registration.userName);
    expect(JSON.stringify(account)).not.toContain('very secret');
    expect(account?.passwordRecord).toMatch(/^\$scrypt\$/);
  });
});

describe('with an idempotency key', { timeout: 60_000 }, () => {
  test('a repeat gets the first answer, also while the first is being made', async () => {
    const registration = registrationOf({ key: 'key', profile });
    const elsewhere = connect();
    const [first, second] = await Promise.all([
      registerUser(ports, registration),
      registerUser(elsewhere, registration),
    ]);
    expect(second).toBe(first);
    expect(await registerUser(ports, registration)).toBe(first);
  });

  test('another password, profile or way to write the name is a conflict of the key', async () => {
    const registration = registrationOf({ key: 'key', profile });
    await registerUser(ports, registration);
    const others: Partial<Registration>[] = [
      { password: 'another' },
      { profile: { ...profile, city: 'Hull' } },
      { userName: registration.userName.toUpperCase() },
    ];
    for (const other of others)
      await expect(registerUser(ports, { ...registration, ...other })).rejects.toThrow(IdempotencyKeyReusedError);
  });

  test('another key, or none, finds the name taken', async () => {
    const registration = registrationOf({ key: 'key' });
    await registerUser(ports, registration);
    for (const key of ['another', undefined])
      await expect(registerUser(ports, { ...registration, key })).rejects.toThrow(ConflictError);
  });

  test('the same key for another name is another key', async () => {
    const [one, other] = [registrationOf({ key: 'key' }), registrationOf({ key: 'key' })];
    expect(await registerUser(ports, other)).not.toBe(await registerUser(ports, one));
  });

  test('passwords cannot be guessed by repeating: failures are slowed as those to sign in', async () => {
    const registration = registrationOf({ key: 'key', sourceAddress: '203.0.113.99' });
    await registerUser(ports, registration);
    const outcomes = [];
    for (let guess = 0; guess < 6; guess++)
      outcomes.push(await outcome(registerUser(ports, { ...registration, password: `guess ${guess}` })));
    expect(outcomes[4]).toBeInstanceOf(IdempotencyKeyReusedError);
    expect(outcomes[5]).toBeInstanceOf(TooManyRequestsError);
  });
});
