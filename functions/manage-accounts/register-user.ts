/** Registers a user, on either surface. */
import { randomUUID } from 'node:crypto';
import { ConflictError, IdempotencyKeyReusedError, UnauthorizedError } from '../../shared/domain/errors.ts';
import { hashParts } from '../../shared/domain/idempotency-key.ts';
import { hashPassword } from '../../shared/domain/password.ts';
import type { Account, Profile } from '../../shared/domain/people.ts';
import { foldUserName } from '../../shared/domain/user-name.ts';
import { checkPassword, type PasswordAttempt, type PasswordPorts } from './check-password.ts';

export interface Registration extends PasswordAttempt {
  readonly profile?: Profile;
  /** The client's idempotency key: a repeat with the same name and key gets the first answer again. */
  readonly key: string | undefined;
}

/**
 * Of many registrations of one name, however they race, one is made.
 * @returns the user's id
 * @throws ConflictError if the name is taken; IdempotencyKeyReusedError if the key was used with another password or
 *   profile; TooManyRequestsError if too many passwords wait to be hashed; StoreUnavailableError: a repeat with the same
 *   key finds out what happened
 */
export async function registerUser(ports: PasswordPorts, registration: Registration): Promise<string> {
  const userId = randomUUID();
  // The name is looked up in turn, too: of many who want it at once, all but the first need no hash to be refused.
  const standing = await ports.hashing.run(
    async () => (await ports.accounts.read(registration.userName)) ?? (await addAccount(ports, registration, userId)),
  );
  return standing.userId === userId ? userId : repeatOrRefuse(ports, registration, standing);
}

/** @returns the account that stands under the name then, which may be another one */
async function addAccount({ accounts }: PasswordPorts, registration: Registration, userId: string): Promise<Account> {
  const { userName, password, profile } = registration;
  const passwordRecord = await hashPassword(password);
  return accounts.add({ userId, userName, passwordRecord, registration: describeRequest(registration) }, profile);
}

/** The password is checked as when signing in, because a key that somebody guesses must not become a way around that. */
async function repeatOrRefuse(ports: PasswordPorts, registration: Registration, taken: Account): Promise<string> {
  const request = describeRequest(registration);
  if (request === undefined || request.keyHash !== taken.registration?.keyHash)
    throw new ConflictError('the name is taken');
  try {
    if (request.bodyHash === taken.registration.bodyHash)
      return (await checkPassword(ports, registration)).account.userId;
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
  }
  throw new IdempotencyKeyReusedError('the idempotency key was used before, with another body');
}

/** Everything but the password, which no hash but its own may tell anything of. */
function describeRequest({ userName, profile, key }: Registration): Account['registration'] {
  if (key === undefined) return undefined;
  const { name, surname, birthday, sex, city, interests } = profile ?? {};
  return {
    keyHash: hashParts(['register', foldUserName(userName), key]),
    bodyHash: hashParts([JSON.stringify([userName, name, surname, birthday, sex, city, interests])]),
  };
}
