/** Reads of single items of all tables, gathered: the busier an environment is, the more of them are one call. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import DataLoader from 'dataloader';
import { StoreUnavailableError } from '../domain/errors.ts';
import { translateErrors } from './dynamodb-client.ts';

export type Item = Record<string, AttributeValue>;
export type Key = { pk: AttributeValue.SMember; sk: AttributeValue.SMember };

export interface ItemPlace {
  readonly table: string;
  readonly key: Key;
}

/** The limit of BatchGetItem. */
const BATCH_KEYS = 100;
/** Calls under way at most: few, so that they gather, and not so few that one or two without an answer hold up all others. */
const MAX_UNDER_WAY = 4;

type Found = Item | undefined | Error;

export class DynamoDbReads {
  static readonly #ofClients = new WeakMap<DynamoDBClient, DynamoDbReads>();

  readonly #client: DynamoDBClient;
  /** A read begins after all that it carries was asked for, so each sees what was there before. */
  readonly #loader = new DataLoader((places: readonly ItemPlace[]) => this.#read(places), {
    cache: false,
    maxBatchSize: BATCH_KEYS,
    batchScheduleFn: (read) => this.#schedule(read),
  });
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  /** Those of a client are gathered together, whichever table they are of. */
  static of(client: DynamoDBClient): DynamoDbReads {
    const known = DynamoDbReads.#ofClients.get(client) ?? new DynamoDbReads(client);
    DynamoDbReads.#ofClients.set(client, known);
    return known;
  }

  private constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  /** A consistent read. @throws StoreUnavailableError if there is no answer, a throttle or a fault */
  get(place: ItemPlace): Promise<Item | undefined> {
    return this.#loader.load(place);
  }

  /** At the end of this turn of the event loop, or when an earlier read has ended. */
  #schedule(read: () => void): void {
    if (this.#underWay === MAX_UNDER_WAY) {
      this.#waiting.push(read);
      return;
    }
    this.#underWay++;
    setImmediate(read);
  }

  async #read(places: readonly ItemPlace[]): Promise<Found[]> {
    try {
      // DynamoDB takes no key twice in one read.
      const distinct = new Map(places.map((place) => [nameOf(place.table, place.key), place]));
      const [only, ...others] = distinct.values();
      const found =
        only !== undefined && others.length === 0 ? await this.#getOne(only) : await this.#getMany(distinct.values());
      return places.map(({ table, key }) => found.get(nameOf(table, key)));
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay--;
      else next();
    }
  }

  async #getOne({ table, key }: ItemPlace): Promise<ReadonlyMap<string, Found>> {
    const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
    const { Item } = await translateErrors(this.#client.send(command));
    return new Map([[nameOf(table, key), Item]]);
  }

  async #getMany(places: Iterable<ItemPlace>): Promise<ReadonlyMap<string, Found>> {
    const found = new Map<string, Found>();
    let wanted = groupByTable(places);
    while (Object.keys(wanted).length > 0) {
      const command = new BatchGetItemCommand({ RequestItems: wanted });
      const { Responses = {}, UnprocessedKeys = {} } = await translateErrors(this.#client.send(command));
      for (const [table, items] of Object.entries(Responses))
        for (const item of items) found.set(nameOf(table, item), item);
      // Of a table of which nothing was processed: it is throttled, and asking at once again would not help it.
      for (const [table, { Keys = [] }] of Object.entries(UnprocessedKeys)) {
        if (Keys.length < wanted[table]!.Keys!.length) continue;
        const error = new StoreUnavailableError('DynamoDB is throttling reads');
        for (const key of Keys) found.set(nameOf(table, key), error);
        delete UnprocessedKeys[table];
      }
      wanted = UnprocessedKeys;
    }
    return found;
  }
}

function groupByTable(places: Iterable<ItemPlace>): NonNullable<BatchGetItemCommandInput['RequestItems']> {
  const keys = Map.groupBy(places, ({ table }) => table);
  return Object.fromEntries(
    [...keys].map(([table, ofTable]) => [table, { Keys: ofTable.map(({ key }) => key), ConsistentRead: true }]),
  );
}

const nameOf = (table: string, { pk, sk }: Item): string => JSON.stringify([table, pk!.S, sk!.S]);
