/** What of a write is answered when, and what is left of it after the process has ended. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DynaliteDatabase, WriteOperation } from 'dynalite/db/index.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal, JournalError } from './journal.ts';
import { WriteBehind } from './write-behind.ts';

const LARGE = { a: { S: 'a'.repeat(1024 * 1024) } };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A database that keeps its data in memory, and whose batches end when the test says so. */
async function createDatabase() {
  const stored = new Map<string, unknown>();
  const reads: string[] = [];
  const batches: { operations: WriteOperation[]; end: () => void; fail: (error: Error) => void }[] = [];
  const level: DynaliteDatabase = {
    open: async () => {},
    get: () => {},
    getSync: (key: string) => {
      reads.push(key);
      const value: undefined = JSON.parse(JSON.stringify(stored.get(key)) ?? 'null') ?? undefined;
      return value;
    },
    put: () => {},
    del: () => {},
    batch: (operations) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const end = (): void => {
        for (const operation of operations)
          if (operation.type === 'put') stored.set(operation.key, operation.value);
          else stored.delete(operation.key);
        resolve();
      };
      batches.push({ operations, end, fail: reject });
      return promise;
    },
    // As they are when the iterator is opened.
    values: () => iterate([...stored.values()].values()),
    keys: () => iterate([...stored.keys()].values()),
  };
  const journal = new Journal(folder);
  const storage = new WriteBehind(level, journal);
  const recovered = storage.recover();
  const end = (): void => batches.shift()?.end();
  if (batches.length > 0) end();
  await recovered;
  const put = (key: string, value: unknown): Promise<Error | null> =>
    new Promise((resolve) => level.put(key, value, resolve));
  const del = (key: string): Promise<Error | null> => new Promise((resolve) => level.del(key, resolve));
  const get = (key: string): Promise<unknown> =>
    new Promise((resolve, reject) => level.get(key, (error, value) => (error ? reject(error) : resolve(value))));
  return { level, storage, stored, reads, batches, end, put, del, get };
}

function iterate(entries: Iterator<unknown>) {
  return { next: async () => entries.next().value, close: async () => {} };
}

async function readAll(iterator: { next(): Promise<unknown> }): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let next = await iterator.next(); next !== undefined; next = await iterator.next()) all.push(next);
  return all;
}

test('the description of a table is the one written last, whatever is done to one that was read', async () => {
  const { put, get, stored, batches, end } = await createDatabase();
  const readTwice = async (): Promise<unknown> => {
    Object.assign(Object(await get('table~a')), { status: 'changed' });
    return get('table~a');
  };
  stored.set('table~a', { status: 'CREATING' });
  expect(await readTwice()).toEqual({ status: 'CREATING' });
  for (const status of ['ACTIVE', 'UPDATING']) {
    await put('table~a', { status });
    await expect.poll(() => batches.length).toBe(1);
    end();
    await expect.poll(() => stored.get('table~a')).toEqual({ status });
    expect(await readTwice()).toEqual({ status });
  }
});

test('a write is answered, and read, before LevelDB has it', async () => {
  const { put, del, get, stored, batches, end } = await createDatabase();
  expect(await put('item-a', { n: { N: '1' } })).toBeNull();
  expect(await get('item-a')).toEqual({ n: { N: '1' } });
  await expect.poll(() => batches.length).toBe(1);
  expect(await del('item-a')).toBeNull();
  expect(await get('item-a')).toBeUndefined();
  expect(stored.size).toBe(0);
  end();
  await expect.poll(() => batches.length).toBe(1);
  end();
  expect(await get('item-a')).toBeUndefined();
});

test('what is on its way to LevelDB is read as well', async () => {
  const { put, get, batches, end } = await createDatabase();
  await put('item-a', { n: { N: '1' } });
  await expect.poll(() => batches.length).toBe(1);
  expect(await get('item-a')).toEqual({ n: { N: '1' } });
  end();
  await put('item-b', {});
  expect(await get('item-a')).toEqual({ n: { N: '1' } });
});

test('an item that was lately read or written is not looked for in LevelDB again', async () => {
  const { put, del, get, stored, reads, batches, end } = await createDatabase();
  stored.set('item-a', { n: { N: '1' } });
  for (let count = 0; count < 2; count++) expect(await get('item-a')).toEqual({ n: { N: '1' } });
  expect(reads).toEqual(['item-a']);
  await put('item-a', { n: { N: '2' } });
  await expect.poll(() => batches.length).toBe(1);
  end();
  await expect.poll(() => stored.get('item-a')).toEqual({ n: { N: '2' } });
  expect(await get('item-a')).toEqual({ n: { N: '2' } });
  expect(reads).toEqual(['item-a']);
  await del('item-a');
  await expect.poll(() => batches.length).toBe(1);
  end();
  await expect.poll(() => stored.size).toBe(0);
  expect(await get('item-a')).toBeUndefined();
  expect(reads).toEqual(['item-a', 'item-a']);
});

test('of many writes of one key only the last goes to LevelDB', async () => {
  const { put, batches } = await createDatabase();
  for (let n = 1; n <= 20; n++) await put('item-a', { n: { N: String(n) } });
  await expect
    .poll(() => batches.map(({ operations }) => operations))
    .toEqual([[{ type: 'put', key: 'item-a', value: { n: { N: '20' } } }]]);
});

test('who walks through the database finds all that was answered before', async () => {
  const { level, put, batches, end } = await createDatabase();
  await put('item-a', { n: { N: '1' } });
  const keys = readAll(level.keys({}));
  const values = readAll(level.values({}));
  await expect.poll(() => batches.length).toBe(1);
  end();
  expect([await keys, await values]).toEqual([['item-a'], [{ n: { N: '1' } }]]);
});

test('a changed copy of what was read about a table changes nothing', async () => {
  const { put, get } = await createDatabase();
  await put('table~a', { status: 'ACTIVE' });
  Reflect.set(Object(await get('table~a')), 'status', 'DELETING');
  expect(await get('table~a')).toEqual({ status: 'ACTIVE' });
});

test('what was answered outlives the process, a line that was not finished does not hinder it', async () => {
  const first = await createDatabase();
  await first.put('item-a', { n: { N: '1' } });
  await first.put('item-b', { n: { N: '2' } });
  await first.del('item-a');
  first.storage.stop();
  const [file = ''] = readdirSync(folder);
  appendFileSync(path.join(folder, file), '[{"type":"put","key":"item-c","val');

  const second = await createDatabase();

  expect([...second.stored]).toEqual([['item-b', { n: { N: '2' } }]]);
  expect(readdirSync(folder)).toEqual([]);
  await second.put('item-d', {});
  expect(readdirSync(folder)).toHaveLength(1);
});

test('what is in LevelDB leaves the journal', async () => {
  const { put, batches, end } = await createDatabase();
  await put('item-a', {});
  await expect.poll(() => batches.length).toBe(1);
  await put('item-b', {});
  expect(readdirSync(folder)).toHaveLength(2);
  end();
  await expect.poll(() => readdirSync(folder)).toHaveLength(1);
});

test('writes wait when LevelDB does not keep up', async () => {
  const { put, batches, end } = await createDatabase();
  for (let n = 1; n <= 3; n++) await put(`item-${n}`, LARGE);
  await expect.poll(() => batches.length).toBe(1);
  for (let n = 4; n <= 6; n++) await put(`item-${n}`, LARGE);
  let isAnswered = false;
  const late = put('item-7', LARGE).then((error) => {
    isAnswered = true;
    return error;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isAnswered).toBe(false);
  end();
  await expect.poll(() => batches.length).toBe(1);
  end();
  expect(await late).toBeNull();
});

test('nothing is written after a write that the disk has not taken', async () => {
  const { put, stored, batches } = await createDatabase();
  rmSync(folder, { recursive: true });
  expect(await put('item-a', {})).toBeInstanceOf(JournalError);
  mkdirSync(folder);
  expect(await put('item-b', {})).toBeInstanceOf(JournalError);
  expect([stored.size, batches.length, readdirSync(folder).length]).toEqual([0, 0, 0]);
});

test('the writes of many files are recovered in their order, also twice', async () => {
  for (const number of [9, 10]) {
    const value = { number };
    writeFileSync(
      path.join(folder, `${number}.journal`),
      `${JSON.stringify([{ type: 'put', key: 'item-a', value }])}\n`,
    );
  }
  const files = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))] as const);
  const first = await createDatabase();
  expect([...first.stored]).toEqual([['item-a', { number: 10 }]]);
  for (const [name, content] of files) writeFileSync(path.join(folder, name), content);
  const second = await createDatabase();
  expect([...second.stored]).toEqual([['item-a', { number: 10 }]]);
});

test('a line that cannot be read is named', async () => {
  writeFileSync(path.join(folder, '3.journal'), '[]\n\0\0\0\n[]\n');
  await expect(createDatabase()).rejects.toThrow(`line 2 of ${path.join(folder, '3.journal')} cannot be read`);
});

test('a write that LevelDB does not take ends the process, and stays in the journal', async () => {
  const { put, batches } = await createDatabase();
  const failures: unknown[] = [];
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => failures.push(error));
  try {
    await put('item-a', {});
    await expect.poll(() => batches.length).toBe(1);
    await put('item-b', {});
    const failure = new Error('no space left');
    batches[0]!.fail(failure);
    await expect.poll(() => failures).toContain(failure);
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of others) process.on('uncaughtException', listener);
  }
  expect(batches).toHaveLength(1);
  expect(new Journal(folder).read().map(({ key }) => key)).toEqual(['item-a', 'item-b']);
});

test('what dynalite changes after it has written it is not changed here', async () => {
  const { put, get } = await createDatabase();
  const table = { status: 'CREATING' };
  const written = put('table~a', table);
  table.status = 'ACTIVE';
  await written;
  expect(await get('table~a')).toEqual({ status: 'CREATING' });
});
