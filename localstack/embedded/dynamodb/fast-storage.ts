// Shortens dynalite's way to LevelDB: a read changes no threads, and writes that meet go together.
import { callbackify } from 'node:util';
import type { DynaliteDatabase, WriteOperation } from 'dynalite/db/index.js';

/**
 * Replaces how dynalite calls a database's `get`, `put` and `del`. A read blocks the process for as long as LevelDB
 * takes, some microseconds where the block is in memory. A write is answered once it is in LevelDB's log, as before;
 * what is written while another write is under way goes together in the next batch.
 */
export function shortenWayToStorage(level: DynaliteDatabase): void {
  const write = callbackify(groupWrites((operations) => level.batch(operations)));

  level.get = (key, done) => {
    let value: unknown;
    try {
      value = level.getSync(key);
    } catch (error) {
      process.nextTick(done, error);
      return;
    }
    process.nextTick(done, null, value);
  };
  level.put = (key, value, done) => write({ type: 'put', key, value }, done);
  level.del = (key, done) => write({ type: 'del', key }, done);
}

function groupWrites(writeBatch: (operations: WriteOperation[]) => Promise<void>) {
  let waiting: WriteOperation[] = [];
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const writeWaiting = (): Promise<void> => {
    const operations = waiting;
    waiting = [];
    next = undefined;
    underWay = writeBatch(operations);
    return underWay;
  };
  return (operation: WriteOperation): Promise<void> => {
    waiting.push(operation);
    // Nothing is written after a write that has failed: LevelDB would lose it, see failed-write.ts.
    next ??= underWay.then(writeWaiting);
    return next;
  };
}
