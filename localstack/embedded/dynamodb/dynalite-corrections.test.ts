// Tests of a correction of dynalite that its answers do not show.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { expect, test } from 'vitest';
import { correctDynalite } from './dynalite-corrections.ts';

test('ending an iterator as dynalite does closes it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dynalite-'));
  const getStore = correctDynalite();
  const server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const { db } = getStore();
  await db.open();

  for (const iterator of [db.values({}), db.keys({})]) {
    await iterator.return?.();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'LEVEL_ITERATOR_NOT_OPEN' });
  }

  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});
