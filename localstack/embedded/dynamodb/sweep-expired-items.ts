// Deletes items whose time to live is over, as DynamoDB does in the background (Developer Guide, "Using time to live").
import { setTimeout as sleep } from 'node:timers/promises';
import { callDynamoDb, DynamoDbError } from './call-dynamodb.ts';

const PAGE_ITEMS = 100;
const PAUSE_BETWEEN_PAGES_MS = 50;
const FIVE_YEARS_SECONDS = 5 * 365 * 24 * 3600;

type Item = Record<string, unknown>;

/** Sweeps all tables again and again, `intervalMs` after the last sweep ended. Answers a function that ends this. */
export function startExpirySweeps(endpoint: string, intervalMs: number): () => void {
  const stopping = new AbortController();
  void (async () => {
    while (!stopping.signal.aborted) {
      try {
        await sleep(intervalMs, undefined, { ref: false, signal: stopping.signal });
        await sweepExpiredItems(endpoint, stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted)
          console.warn(`A sweep for expired items failed; the next one follows: ${String(error)}`);
      }
    }
  })();
  return () => stopping.abort();
}

/** Deletes every expired item of every table with a time to live; answers how many. */
export async function sweepExpiredItems(endpoint: string, signal?: AbortSignal): Promise<number> {
  let deleted = 0;
  for (const table of await listTables(endpoint)) {
    const attribute = await getTimeToLiveAttribute(endpoint, table);
    if (attribute !== undefined) deleted += await sweepTable(endpoint, table, attribute, signal);
  }
  return deleted;
}

async function listTables(endpoint: string): Promise<string[]> {
  const names: string[] = [];
  let start: string | undefined;
  do {
    const page: { TableNames: string[]; LastEvaluatedTableName?: string } = await callDynamoDb(endpoint, 'ListTables', {
      ExclusiveStartTableName: start,
    });
    names.push(...page.TableNames);
    start = page.LastEvaluatedTableName;
  } while (start !== undefined);
  return names;
}

async function getTimeToLiveAttribute(endpoint: string, table: string): Promise<string | undefined> {
  const answer = await callDynamoDb<{ TimeToLiveDescription: { AttributeName?: string } }>(
    endpoint,
    'DescribeTimeToLive',
    { TableName: table },
  );
  return answer.TimeToLiveDescription.AttributeName;
}

async function sweepTable(endpoint: string, table: string, attribute: string, signal?: AbortSignal): Promise<number> {
  const { Table } = await callDynamoDb<{ Table: { KeySchema: { AttributeName: string }[] } }>(
    endpoint,
    'DescribeTable',
    {
      TableName: table,
    },
  );
  const keyNames = Table.KeySchema.map((key) => key.AttributeName);
  const expired = describeExpiry(attribute);
  let deleted = 0;
  let start: Item | undefined;
  do {
    const page: { Items: Item[]; LastEvaluatedKey?: Item } = await callDynamoDb(endpoint, 'Scan', {
      TableName: table,
      Limit: PAGE_ITEMS,
      ExclusiveStartKey: start,
      FilterExpression: expired.expression,
      ExpressionAttributeNames: expired.names,
      ExpressionAttributeValues: expired.values,
    });
    for (const item of page.Items) {
      const key = Object.fromEntries(keyNames.map((name) => [name, item[name]]));
      if (await deleteIfExpired(endpoint, table, key, expired)) deleted += 1;
    }
    start = page.LastEvaluatedKey;
    if (start !== undefined) await sleep(PAUSE_BETWEEN_PAGES_MS, undefined, signal ? { signal } : {});
  } while (start !== undefined);
  return deleted;
}

/** The condition of expiry: a number, in seconds, in the past and at most five years back; anything else never expires. */
function describeExpiry(attribute: string) {
  const nowSeconds = Math.floor(Date.now() / 1000);
  return {
    expression: '#expiry < :now AND #expiry > :oldest',
    names: { '#expiry': attribute },
    values: { ':now': { N: `${nowSeconds}` }, ':oldest': { N: `${nowSeconds - FIVE_YEARS_SECONDS}` } },
  };
}

async function deleteIfExpired(
  endpoint: string,
  table: string,
  key: Item,
  expired: ReturnType<typeof describeExpiry>,
): Promise<boolean> {
  try {
    await callDynamoDb(endpoint, 'DeleteItem', {
      TableName: table,
      Key: key,
      ConditionExpression: expired.expression,
      ExpressionAttributeNames: expired.names,
      ExpressionAttributeValues: expired.values,
    });
    return true;
  } catch (error) {
    // Given a new expiry, or deleted, since the page was read.
    if (error instanceof DynamoDbError && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
