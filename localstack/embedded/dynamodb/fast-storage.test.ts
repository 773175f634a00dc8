/** How writes reach LevelDB: which go together, and what follows a failure. */
import type { DynaliteDatabase, WriteOperation } from 'dynalite/db/index.js';
import { expect, test } from 'vitest';
import { shortenWayToStorage } from './fast-storage.ts';

/** A database whose batches end when the test says so. */
function createDatabase() {
  const batches: { operations: WriteOperation[]; end: () => void; fail: (error: Error) => void }[] = [];
  const level: DynaliteDatabase = {
    open: async () => {},
    get: () => {},
    getSync: () => undefined,
    put: () => {},
    del: () => {},
    batch: (operations) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      batches.push({ operations, end: resolve, fail: reject });
      return promise;
    },
    values: () => {
      throw new Error('not asked for here');
    },
    keys: () => {
      throw new Error('not asked for here');
    },
  };
  shortenWayToStorage(level);
  const put = (key: string): Promise<Error | null> =>
    new Promise((resolve) => {
      level.put(key, {}, resolve);
    });
  return { put, batches };
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('what is written while a write is under way goes together in the next', async () => {
  const { put, batches } = createDatabase();
  const first = put('a');
  await turn();
  const others = [put('b'), put('c')];
  await turn();
  expect(batches.map(({ operations }) => operations.map(({ key }) => key))).toEqual([['a']]);
  batches[0]?.end();
  expect(await first).toBeNull();
  batches[1]?.end();
  expect(await Promise.all(others)).toEqual([null, null]);
  expect(batches.map(({ operations }) => operations.map(({ key }) => key))).toEqual([['a'], ['b', 'c']]);
});

test('nothing is written after a write that has failed', async () => {
  const { put, batches } = createDatabase();
  const first = put('a');
  await turn();
  const waiting = put('b');
  const failure = new Error('no space left');
  batches[0]?.fail(failure);
  expect([await first, await waiting, await put('c')]).toEqual([failure, failure, failure]);
  expect(batches).toHaveLength(1);
});
