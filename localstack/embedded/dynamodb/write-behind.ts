/**
 * Shortens dynalite's way to LevelDB. A write is answered once it stands in the journal, one system call of this thread,
 * and goes to LevelDB later with others: what is written again and again, such as the head of a busy chat, goes there once
 * in a while. A read changes no threads, and finds what LevelDB does not have yet, and what was lately asked for, in memory.
 */
import { promisify } from 'node:util';
import { LRUCache } from 'lru-cache';
import db from 'dynalite/db/index.js';
import type { DynaliteDatabase, DynaliteIterator, Item, WriteOperation } from 'dynalite/db/index.js';
import type { Journal } from './journal.ts';

/** From a write to LevelDB's share of it. */
const DELAY_MS = 100;
/** A journal of this length goes to LevelDB at once, and one twice as long lets writes wait until it has. */
const JOURNAL_BYTES = 2 * 1024 * 1024;
/** Of items that were lately read or written, and need not be looked for and parsed again; in memory they take more. */
const RECENT_BYTES = 8 * 1024 * 1024;

type Done = (error: Error | null) => void;
/** The last write of each key. */
type Writes = Map<string, WriteOperation>;

/** The writes of one database, from now on. */
export class WriteBehind {
  readonly #journal: Journal;
  readonly #writeBatch: (operations: WriteOperation[]) => Promise<void>;
  readonly #readStored: (key: string) => unknown;
  /** Descriptions of tables as JSON: dynalite looks into one for each item of a request. */
  readonly #tables = new Map<string, string>();
  readonly #recent = new LRUCache<string, Item>({
    maxSize: RECENT_BYTES,
    sizeCalculation: (item) => db.itemSize(item) + 1,
  });
  /** Not in the journal yet. */
  #unanswered: { operations: WriteOperation[]; done: Done }[] = [];
  /** In the journal. */
  #answered: Writes = new Map();
  /** On their way to LevelDB. */
  #moving: Writes = new Map();
  #move: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** Replaces how dynalite reads, writes and walks through its database. */
  constructor(level: DynaliteDatabase, journal: Journal) {
    this.#journal = journal;
    this.#writeBatch = level.batch.bind(level);
    this.#readStored = level.getSync.bind(level);
    Object.assign(level, {
      getSync: (key: string) => this.#read(key),
      get: (key: string, done: (error: unknown, value?: unknown) => void) => this.#get(key, done),
      put: (key: string, value: unknown, done: Done) =>
        this.#write([{ type: 'put', key, value: copyUnlessItem(key, value) }], done),
      del: (key: string, done: Done) => this.#write([{ type: 'del', key }], done),
      batch: (operations: WriteOperation[], done?: Done) =>
        done === undefined ? promisify(this.#write.bind(this))(operations) : this.#write(operations, done),
    });
    for (const method of ['values', 'keys'] as const) {
      const open = level[method].bind(level);
      level[method] = (options) => openAfter(this.#startMove(), () => open(options));
    }
  }

  /** Brings to LevelDB what an earlier process has left in the journal. The database must be open. */
  async recover(): Promise<void> {
    const left = this.#journal.read();
    const forget = this.#journal.turn();
    if (left.length > 0) await this.#writeBatch(left);
    forget();
  }

  /** Leaves to the next process what is not in LevelDB yet. To be called before the database is closed. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #get(key: string, done: (error: unknown, value?: unknown) => void): void {
    let value: unknown;
    try {
      value = this.#read(key);
    } catch (error) {
      process.nextTick(done, error);
      return;
    }
    process.nextTick(done, null, value);
  }

  #read(key: string): unknown {
    const write = this.#answered.get(key) ?? this.#moving.get(key);
    if (write !== undefined) return write.type === 'del' ? undefined : copyUnlessItem(key, write.value);
    return key.startsWith('table~') ? this.#readTable(key) : this.#readItem(key);
  }

  #readTable(key: string): unknown {
    const known = this.#tables.get(key);
    if (known !== undefined) return JSON.parse(known);
    const table = this.#readStored(key);
    if (table !== undefined) this.#tables.set(key, JSON.stringify(table));
    return table;
  }

  #readItem(key: string): unknown {
    const known = this.#recent.get(key);
    if (known !== undefined) return known;
    const item = this.#readStored(key);
    this.#keep(key, item);
    return item;
  }

  #keep(key: string, value: unknown): void {
    if (isItem(key, value)) this.#recent.set(key, value);
    else this.#recent.delete(key);
  }

  /** What is written in one turn of the event loop goes to the journal together. */
  #write(operations: WriteOperation[], done: Done): void {
    if (this.#unanswered.push({ operations, done }) === 1) setImmediate(() => this.#answer());
  }

  #answer(): void {
    if (this.#journal.lengthBytes > 2 * JOURNAL_BYTES) {
      void this.#move.then(() => this.#answer());
      return;
    }
    const writes = this.#unanswered;
    this.#unanswered = [];
    const operations = writes.flatMap((write) => write.operations);
    try {
      this.#journal.append(operations);
    } catch (error) {
      for (const { done } of writes) done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    for (const operation of operations) {
      this.#answered.set(operation.key, operation);
      this.#tables.delete(operation.key);
      this.#keep(operation.key, operation.type === 'put' ? operation.value : undefined);
    }
    if (this.#journal.lengthBytes > JOURNAL_BYTES) void this.#startMove();
    else if (!this.#isStopped) this.#timer ??= setTimeout(() => void this.#startMove(), DELAY_MS);
    for (const { done } of writes) done(null);
  }

  /** @returns when all that has been answered is in LevelDB */
  #startMove(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#move = this.#move.then(() => this.#moveAnswered());
    // What has failed ends the process, see failed-write.ts; the journal still has everything.
    this.#move.catch((error: unknown) => process.nextTick(() => rethrow(error)));
    return this.#move;
  }

  async #moveAnswered(): Promise<void> {
    if (this.#answered.size === 0) return;
    this.#moving = this.#answered;
    this.#answered = new Map();
    const forget = this.#journal.turn();
    await this.#writeBatch([...this.#moving.values()]);
    this.#moving = new Map();
    forget();
  }
}

/** dynalite changes what it has read or written about a table, but never an item. */
function copyUnlessItem(key: string, value: unknown): unknown {
  return isItem(key, value) ? value : JSON.parse(JSON.stringify(value));
}

function isItem(key: string, value: unknown): value is Item {
  return value !== undefined && key.startsWith('item-');
}

function rethrow(error: unknown): never {
  throw error;
}

/** An iterator that opens the database's own once it may. */
function openAfter(ready: Promise<void>, open: () => DynaliteIterator): DynaliteIterator {
  const opened = ready.then(open);
  const close = async (): Promise<void> => (await opened).close();
  return { next: async () => (await opened).next(), close, return: close };
}
