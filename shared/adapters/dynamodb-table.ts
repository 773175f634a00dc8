/** A table whose items stand under `pk` and `sk`: the calls that the stores make of it, with DynamoDB's limits kept. */
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../domain/errors.ts';
import { translateErrors, WriteRefusedError } from './dynamodb-client.ts';
import { DynamoDbReads, type Item, type Key } from './dynamodb-reads.ts';

export type { Item, Key };

/** The limit of BatchWriteItem. */
const BATCH_WRITE_ITEMS = 25;

/** A value of `expiresAt`, the attribute by which DynamoDB deletes items: seconds since 1970. */
export function secondsFromNow(seconds: number): AttributeValue.NMember {
  return { N: String(Math.floor(Date.now() / 1000) + seconds) };
}

/** Whether an item's time is over: DynamoDB deletes it when it gets round to it, and until then it must not count. */
export function isExpired({ expiresAt }: Item): boolean {
  return Number(expiresAt!.N) <= Number(secondsFromNow(0).N);
}

export function itemKey(pk: string, sk: string): Key {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** All reads are consistent. All methods raise StoreUnavailableError if there is no answer, a throttle or a fault. */
export class DynamoDbTable {
  readonly #client: DynamoDBClient;
  readonly #name: string;
  readonly #reads: DynamoDbReads;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
    this.#reads = DynamoDbReads.of(client);
  }

  get(key: Key): Promise<Item | undefined> {
    return this.#reads.get({ table: this.#name, key });
  }

  /** Those of the items that there are. */
  async getAll(keys: readonly Key[]): Promise<Item[]> {
    const items = await Promise.all(keys.map((key) => this.get(key)));
    return items.filter((item) => item !== undefined);
  }

  async putAll(items: readonly Item[]): Promise<void> {
    const pages = Array.from({ length: Math.ceil(items.length / BATCH_WRITE_ITEMS) }, (_, page) =>
      this.#putPage(items.slice(page * BATCH_WRITE_ITEMS, (page + 1) * BATCH_WRITE_ITEMS)),
    );
    await Promise.all(pages);
  }

  /** Puts an item if the condition holds; tells whether it did. */
  async putIf(item: Item, condition: string, values?: Item): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: this.#name,
      Item: item,
      ConditionExpression: condition,
      ExpressionAttributeValues: values,
    });
    return wasTaken(translateErrors(this.#client.send(command)));
  }

  /** Deletes an item if the condition holds; tells whether it did. */
  async deleteIf(key: Key, condition: string, values?: Item): Promise<boolean> {
    const command = new DeleteItemCommand({
      TableName: this.#name,
      Key: key,
      ConditionExpression: condition,
      ExpressionAttributeValues: values,
    });
    return wasTaken(translateErrors(this.#client.send(command)));
  }

  /**
   * Updates an item and returns it as it is then.
   * @throws WriteRefusedError, with the item as it is, if the condition does not hold or it would be too large
   */
  async update(key: Key, update: Partial<UpdateItemCommandInput>): Promise<Item> {
    const command = new UpdateItemCommand({
      TableName: this.#name,
      Key: key,
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...update,
    });
    return (await translateErrors(this.#client.send(command))).Attributes!;
  }

  /** Updates an item if the condition holds; tells whether it did. */
  updateIf(key: Key, condition: string, update: Partial<UpdateItemCommandInput>): Promise<boolean> {
    return wasTaken(this.update(key, { ...update, ConditionExpression: condition }));
  }

  /**
   * Puts an item for as long as its `expiresAt` says, unless one stands there whose time is not over.
   * @returns the one that stands there then; it may be an equal one that an unanswered put has left
   */
  async claim(item: Item & Key): Promise<Item> {
    for (;;) {
      if (await this.putIf(item, 'attribute_not_exists(pk) OR expiresAt <= :now', { ':now': secondsFromNow(0) }))
        return item;
      const standing = await this.get({ pk: item.pk, sk: item.sk });
      if (standing !== undefined && !isExpired(standing)) return standing;
    }
  }

  /** All items that a query finds. */
  async query(query: Partial<QueryCommandInput>): Promise<Item[]> {
    const items: Item[] = [];
    let startKey: Item | undefined;
    do {
      const page = await this.queryPage({ ...query, ExclusiveStartKey: startKey });
      items.push(...(page.Items ?? []));
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
    return items;
  }

  queryPage(query: Partial<QueryCommandInput>): Promise<QueryCommandOutput> {
    return translateErrors(
      this.#client.send(new QueryCommand({ TableName: this.#name, ConsistentRead: true, ...query })),
    );
  }

  async #putPage(items: readonly Item[]): Promise<void> {
    let waiting: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
    while (waiting.length > 0) {
      const command = new BatchWriteItemCommand({ RequestItems: { [this.#name]: waiting } });
      const { UnprocessedItems } = await translateErrors(this.#client.send(command));
      const unprocessed = UnprocessedItems?.[this.#name] ?? [];
      // As with reads: nothing of it was processed.
      if (unprocessed.length === waiting.length) throw new StoreUnavailableError('DynamoDB is throttling writes');
      waiting = unprocessed;
    }
  }
}

async function wasTaken(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof WriteRefusedError) return false;
    throw error;
  }
}
