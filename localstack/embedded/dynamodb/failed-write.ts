/** What follows when the disk takes no write: the database's process ends, and a new one opens it once there is space. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JournalError } from './journal.ts';

/** EX_IOERR of BSD's sysexits. */
export const FAILED_WRITE_EXIT_CODE = 74;

/** As much as is written when it opens: LevelDB's log becomes a table, 4 MB at most, and takes what is in the journal. */
const NEEDED_BYTES = 16 * 1024 * 1024;

/**
 * Ends this process if a write to LevelDB or to the journal has failed. Part of the record may stand there, and what is
 * written after such a record is lost at the next start; a database that is opened anew begins new files.
 */
export function endAfterFailedWrite(error: Error): void {
  if (!(error instanceof JournalError) && !('code' in error && error.code === 'LEVEL_IO_ERROR')) return;
  console.error(`DynamoDB could not write (${error.message}); it opens its database again when the disk has space.`);
  process.exit(FAILED_WRITE_EXIT_CODE);
}

/** Whether the disk takes what opening the database needs: found out by writing it. */
export async function hasSpace(folder: string): Promise<boolean> {
  const probe = join(folder, 'space.probe');
  try {
    await writeFile(probe, Buffer.alloc(NEEDED_BYTES));
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true });
  }
}
