/** Checks a name and a password, and slows down whoever guesses. */
import { NIL } from 'uuid';
import { TooManyRequestsError, UnauthorizedError } from '../../shared/domain/errors.ts';
import {
  type FailureBucket,
  failureBucketsOf,
  type FailureStore,
  hashSource,
  remainingWait,
} from '../../shared/domain/failure-limits.ts';
import { makeUnmatchedRecord, verifyPassword } from '../../shared/domain/password.ts';
import type { Account, Accounts } from '../../shared/domain/people.ts';
import type { Sessions } from '../../shared/domain/sessions.ts';
import { sourceNetwork } from '../../shared/domain/source-network.ts';
import { foldUserName } from '../../shared/domain/user-name.ts';
import type { HashingQueue } from './hashing-queue.ts';

export interface PasswordAttempt {
  readonly userName: string;
  readonly password: string;
  /** The address that the request came from. */
  readonly sourceAddress: string;
}

export interface PasswordPorts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly failures: FailureStore;
  readonly hashing: HashingQueue;
}

export interface CheckedPassword {
  readonly account: Account;
  /** See verifyPassword. */
  readonly secret: Buffer;
}

/**
 * Everything happens in the same way, and takes the same time, whether or not there is such a user. A try is refused
 * before its password is looked at, so that a refusal tells nothing of it.
 * @throws UnauthorizedError if there is no user with this name and password; TooManyRequestsError after too many
 *   failures, or if too many passwords wait to be checked; StoreUnavailableError
 */
export function checkPassword(ports: PasswordPorts, attempt: PasswordAttempt): Promise<CheckedPassword> {
  const { accounts, failures, hashing } = ports;
  const source = sourceNetwork(attempt.sourceAddress);
  const buckets = failureBucketsOf(foldUserName(attempt.userName), source);
  const counted = Object.values<FailureBucket>({ ...buckets });
  return hashing.run(async () => {
    const [account, arrivals] = await Promise.all([
      accounts.read(attempt.userName),
      failures.read(counted.map(({ key }) => key)),
    ]);
    const waitFor = (bucket: FailureBucket): number => remainingWait(bucket, arrivals.get(bucket.key), Date.now());
    refuseFor(Math.max(waitFor(buckets.nameFromSource), waitFor(buckets.source)));
    // Whoever has signed in from here before is not kept out by others who guess from elsewhere.
    const nameWait = waitFor(buckets.name);
    if (nameWait > 0 && !(await knowsSource(ports.sessions, account, source))) refuseFor(nameWait);

    const secret = await verifyPassword(attempt.password, account?.passwordRecord ?? makeUnmatchedRecord());
    if (account !== undefined && secret !== undefined) return { account, secret };
    await Promise.all(counted.map((bucket) => failures.count(bucket)));
    throw new UnauthorizedError('there is no user with this name and password');
  });
}

/** Asks for nobody's sessions where there is no such user, so that it takes as long. */
function knowsSource(sessions: Sessions, account: Account | undefined, source: string): Promise<boolean> {
  const userId = account?.userId ?? NIL;
  return sessions.knowsSource(userId, hashSource(userId, source));
}

function refuseFor(waitMs: number): void {
  if (waitMs > 0) throw new TooManyRequestsError('there were too many failures to sign in', Math.ceil(waitMs / 1000));
}
