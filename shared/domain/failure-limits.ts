/**
 * How failures to sign in are slowed. Each is counted in three token buckets; while one of them is empty, the next try has
 * to wait. Nobody is ever locked out: buckets fill up again with time, whoever empties them.
 *
 * A bucket is one number, its theoretical arrival time (the generic cell rate algorithm, ITU-T I.371): each failure moves
 * it on by an interval, from now on if it has passed.
 */
import { hashParts } from './idempotency-key.ts';

export interface FailureLimit {
  /** Failures that may come at once. */
  readonly burst: number;
  /** Time after which one more may come, in milliseconds. */
  readonly intervalMs: number;
}

export interface FailureBucket extends FailureLimit {
  /** Stands for what is counted, and does not tell it: people type passwords where names belong. */
  readonly key: string;
}

export interface FailureBuckets {
  /** Somebody who tries passwords for one name. */
  readonly nameFromSource: FailureBucket;
  /** Somebody who tries many names. */
  readonly source: FailureBucket;
  /** Many who try one name. */
  readonly name: FailureBucket;
}

const NAME_FROM_SOURCE: FailureLimit = { burst: 5, intervalMs: 30_000 };
const SOURCE: FailureLimit = { burst: 100, intervalMs: 5_000 };
const NAME: FailureLimit = { burst: 20, intervalMs: 60_000 };

/** The port to where buckets are kept. @throws StoreUnavailableError (all methods) */
export interface FailureStore {
  /** The theoretical arrival times (milliseconds since 1970) of those buckets that have had failures lately, by key. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Counts one failure in a bucket; none is lost, however many are counted at once. */
  count(bucket: FailureBucket): Promise<void>;
}

/** @param source see sourceNetwork */
export function failureBucketsOf(foldedName: string, source: string): FailureBuckets {
  return {
    nameFromSource: { ...NAME_FROM_SOURCE, key: hashParts(['name from source', foldedName, source]) },
    source: { ...SOURCE, key: hashParts(['source', source]) },
    name: { ...NAME, key: hashParts(['name', foldedName]) },
  };
}

/** How long the next try has to wait, in milliseconds; 0 or less if it may be made now. */
export function remainingWait(
  { burst, intervalMs }: FailureLimit,
  arrivalTime: number | undefined,
  now: number,
): number {
  return (arrivalTime ?? 0) - (burst - 1) * intervalMs - now;
}

/** Stands for a network from which a user has opened sessions. */
export function hashSource(userId: string, source: string): string {
  return hashParts([userId, source]);
}
