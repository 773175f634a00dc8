/** Counts of failures to sign in, in the table of people. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FailureBucket, FailureStore } from '../domain/failure-limits.ts';
import { DynamoDbTable, type Item, itemKey, type Key } from './dynamodb-table.ts';

export class DynamoDbFailures implements FailureStore {
  readonly #table: DynamoDbTable;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new DynamoDbTable(client, table);
  }

  async read(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const items = await this.#table.getAll(keys.map(bucketKey));
    return new Map(items.map((item) => [item['pk']!.S!.slice('failures#'.length), Number(item['tat']!.N)]));
  }

  /** Which update fits depends on whether the arrival time has passed. As it only grows, the first one's refusal is final. */
  async count(bucket: FailureBucket): Promise<void> {
    const now = Date.now();
    if (await this.#beginAnew(bucket, now)) return;
    if (!(await this.#addTo(bucket, now))) throw new Error('a failure fitted neither update of its bucket');
  }

  #addTo(bucket: FailureBucket, now: number): Promise<boolean> {
    return this.#table.updateIf(bucketKey(bucket.key), 'tat >= :now', {
      UpdateExpression: 'SET tat = tat + :interval, expiresAt = :expiry',
      ExpressionAttributeValues: { ':interval': { N: String(bucket.intervalMs) }, ...valuesOf(bucket, now) },
    });
  }

  #beginAnew(bucket: FailureBucket, now: number): Promise<boolean> {
    return this.#table.updateIf(bucketKey(bucket.key), 'attribute_not_exists(tat) OR tat < :now', {
      UpdateExpression: 'SET tat = :first, expiresAt = :expiry',
      ExpressionAttributeValues: { ':first': { N: String(now + bucket.intervalMs) }, ...valuesOf(bucket, now) },
    });
  }
}

function valuesOf({ burst, intervalMs }: FailureBucket, now: number): Item {
  // By then the arrival time has passed: it is never moved on from beyond a full burst, but by failures at the same moment.
  const expiry = Math.ceil((now + 2 * burst * intervalMs) / 1000);
  return { ':now': { N: String(now) }, ':expiry': { N: String(expiry) } };
}

function bucketKey(key: string): Key {
  return itemKey(`failures#${key}`, 'bucket');
}
