/** What follows when the disk takes no write: the database's process ends, and a new one opens it once there is space. */
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JournalError } from './journal.ts';

/** EX_IOERR of BSD's sysexits. */
export const FAILED_WRITE_EXIT_CODE = 74;

/** As much as LevelDB writes when it opens: its log becomes a table, 4 MB at most. */
const TABLE_BYTES = 4 * 1024 * 1024;

/**
 * Ends this process if a write to LevelDB or to the journal has failed. Part of the record may stand there, and what is
 * written after such a record is lost at the next start; a database that is opened anew begins new files.
 */
export function endAfterFailedWrite(error: Error): void {
  if (!(error instanceof JournalError) && !('code' in error && error.code === 'LEVEL_IO_ERROR')) return;
  console.error(`DynamoDB could not write (${error.message}); it opens its database again when the disk has space.`);
  process.exit(FAILED_WRITE_EXIT_CODE);
}

/** Whether the disk takes what opening the database needs, its journal with it: found out by writing as much. */
export async function hasSpace(folder: string, journalFolder: string): Promise<boolean> {
  const probe = join(folder, 'space.probe');
  try {
    await writeFile(probe, Buffer.alloc(TABLE_BYTES + (await measureFiles(journalFolder))));
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true });
  }
}

async function measureFiles(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
