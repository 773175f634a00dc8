/** Differences of DynamoDB Local, which LocalStack has too: its DynamoDB is that one. */
import type { Differences } from '../../support/known-differences.ts';

export function onDynamoDbLocal(observed: unknown, why: string): Differences {
  return { 'dynamodb-local': { observed, why }, localstack: { observed, why } };
}
