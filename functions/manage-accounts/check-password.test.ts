/** Who gets past the password, and how those who guess are slowed, on a real local DynamoDB. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAccounts } from '../../tests/support/account-ports.ts';
import { TooManyRequestsError, UnauthorizedError } from '../../shared/domain/errors.ts';
import { type FailureBucket, failureBucketsOf } from '../../shared/domain/failure-limits.ts';
import { checkPassword } from './check-password.ts';
import { logIn } from './log-in.ts';
import { registerUser } from './register-user.ts';

const connect = await openAccounts();
const ports = connect();

const PASSWORD = 'correct horse';
let sources = 0;

/** An address that no other test uses. */
const newAddress = (): string => `10.0.${sources++}.1`;

async function register(): Promise<{ userName: string; userId: string }> {
  const userName = `ann ${randomUUID()}`;
  const registration = { userName, password: PASSWORD, key: undefined, sourceAddress: newAddress() };
  return { userName, userId: await registerUser(ports, registration) };
}

function attempt(userName: string, password: string, sourceAddress: string): Promise<string> {
  return checkPassword(ports, { userName, password, sourceAddress }).then(({ account }) => account.userId);
}

/** Counts failures as if so many had been made. */
async function countFailures(bucket: FailureBucket, times: number): Promise<void> {
  await Promise.all(Array.from({ length: times }, () => ports.failures.count(bucket)));
}

const failure = (error: unknown): unknown => error;

describe('a password', { timeout: 30_000 }, () => {
  test('is right for its user, whatever the name’s case', async () => {
    const { userName, userId } = await register();
    expect(await attempt(userName.toUpperCase(), PASSWORD, newAddress())).toBe(userId);
  });

  test('that is wrong is refused in the same words as a name that there is not', async () => {
    const { userName } = await register();
    const wrong = await attempt(userName, 'wrong', newAddress()).catch(failure);
    const unknown = await attempt(`nobody ${randomUUID()}`, PASSWORD, newAddress()).catch(failure);
    expect(wrong).toBeInstanceOf(UnauthorizedError);
    expect(unknown).toEqual(wrong);
  });

  test('that is right is counted nowhere', async () => {
    const { userName } = await register();
    const address = newAddress();
    await attempt(userName, PASSWORD, address);
    const keys = Object.values(failureBucketsOf(userName, address)).map(({ key }) => key);
    expect((await ports.failures.read(keys)).size).toBe(0);
  });
});

describe('failures', { timeout: 60_000 }, () => {
  test.each([
    ['of a user', async () => (await register()).userName],
    ['of a name that there is not', async () => `nobody ${randomUUID()}`],
  ])(
    '%s from one source are counted, however many come at once, and after five the next is refused',
    async (_, name) => {
      const [userName, address] = [await name(), newAddress()];
      const refusals = await Promise.all(
        Array.from({ length: 8 }, () => attempt(userName, 'wrong', address).catch(failure)),
      );
      expect(refusals.filter((error) => error instanceof UnauthorizedError)).toHaveLength(5);
      expect(refusals.filter((error) => error instanceof TooManyRequestsError)).toHaveLength(3);
    },
  );

  test('hold up the right password too, for no longer than they say', async () => {
    const [{ userName, userId }, address] = [await register(), newAddress()];
    const { nameFromSource } = failureBucketsOf(userName, address);
    await countFailures(nameFromSource, nameFromSource.burst);
    const refusal = await attempt(userName, PASSWORD, address).catch(failure);
    expect(refusal).toBeInstanceOf(TooManyRequestsError);
    const waitSeconds = refusal instanceof TooManyRequestsError ? refusal.retryAfterSeconds : undefined;
    expect(waitSeconds).toBeGreaterThan(0);
    expect(waitSeconds).toBeLessThanOrEqual(30);
    expect(await attempt(userName, PASSWORD, newAddress())).toBe(userId);
    expect(await attempt((await register()).userName, PASSWORD, address)).toBeDefined();
  });

  test('at many names hold up their source, and no other', async () => {
    const [{ userName, userId }, address] = [await register(), newAddress()];
    const { source } = failureBucketsOf('any', address);
    await countFailures(source, source.burst);
    await expect(attempt(userName, PASSWORD, address)).rejects.toThrow(TooManyRequestsError);
    expect(await attempt(userName, PASSWORD, newAddress())).toBe(userId);
  });

  test('of many sources at one name keep out only those from where the user has never signed in', async () => {
    const [{ userName, userId }, home] = [await register(), newAddress()];
    await logIn(ports, { userName, password: PASSWORD, key: undefined, sourceAddress: home });
    const { name } = failureBucketsOf(userName, home);
    await countFailures(name, name.burst);
    expect(await attempt(userName, PASSWORD, home)).toBe(userId);
    await expect(attempt(userName, PASSWORD, newAddress())).rejects.toThrow(TooManyRequestsError);
  });

  test('of many sources at a name that there is not are answered in the same way', async () => {
    const [userName, address] = [`nobody ${randomUUID()}`, newAddress()];
    const { name } = failureBucketsOf(userName, address);
    await countFailures(name, name.burst);
    await expect(attempt(userName, PASSWORD, address)).rejects.toThrow(TooManyRequestsError);
  });

  test('of the addresses of one IPv6 subscriber are one source’s', async () => {
    const userName = `nobody ${randomUUID()}`;
    const refusals = [];
    for (let host = 1; host <= 6; host++)
      refusals.push(await attempt(userName, 'wrong', `2001:db8:7:7::${host}`).catch(failure));
    expect(refusals[4]).toBeInstanceOf(UnauthorizedError);
    expect(refusals[5]).toBeInstanceOf(TooManyRequestsError);
  });
});
